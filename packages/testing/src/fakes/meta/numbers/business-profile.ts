import { numberOf, type Operation } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, list, mustBe, type Rule, shape, text } from "../graph/rules.ts";
import type { NumberState } from "../state.ts";

const VERTICALS = [
  "OTHER",
  "AUTO",
  "BEAUTY",
  "APPAREL",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GROCERY",
  "GOVT",
  "HOTEL",
  "HEALTH",
  "NONPROFIT",
  "PROF_SERVICES",
  "RETAIL",
  "TRAVEL",
  "RESTAURANT",
  "ALCOHOL",
  "ONLINE_GAMBLING",
  "PHYSICAL_GAMBLING",
  "OTC_DRUGS",
];
const email: Rule = (value, at) => {
  text({ max: 128 })(value, at);
  if (value !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value))) throw mustBe(at, "a valid email");
};
const website: Rule = (value, at) => {
  text({ min: 1, max: 256 })(value, at);
  if (!/^https?:\/\/[^\s/]/.test(String(value))) throw mustBe(at, "a valid URI");
};

const PROFILE = shape(
  { messaging_product: choice("whatsapp") },
  {
    about: text({ min: 1, max: 139 }),
    address: text({ max: 256 }),
    // Meta's page has 512; its specification file has 256
    description: text({ max: 512 }),
    email,
    profile_picture_handle: text({ min: 1 }),
    websites: list(website, { max: 2 }),
    vertical: choice(...VERTICALS),
    access_token: anything,
    appsecret_proof: anything,
  },
);
const FIELDS = ["messaging_product", "about", "address", "description", "email", "profile_picture_url", "websites", "vertical"];

/** `GET /{Phone-Number-ID}/whatsapp_business_profile`. */
export const getProfile: Operation = (call) => {
  const view = { type: "WhatsAppBusinessProfile", values: valuesOf(numberOf(call)), defaults: FIELDS };
  const { id: _id, ...profile } = selectFields(view, readSelection(call.request.url.searchParams.get("fields"))) as { id?: unknown };
  return { body: { data: [profile] } };
};

/** `POST /{Phone-Number-ID}/whatsapp_business_profile`: what it leaves out stays. */
export const changeProfile: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  PROFILE(call.request.body, "");
  const {
    messaging_product: _product,
    access_token: _token,
    appsecret_proof: _proof,
    profile_picture_handle: handle,
    ...change
  } = call.request.body;
  Object.assign(number.profile, change);
  if (handle !== undefined) number.profile.profile_picture_url = `https://pps.whatsapp.net/v/${number.id}.jpg`;
  return { body: { success: true } };
};

function valuesOf({ profile }: NumberState): Record<string, unknown> {
  const given = Object.entries(profile).filter(([, value]) => value !== "");
  return { ...Object.fromEntries(FIELDS.map((name) => [name, undefined])), ...Object.fromEntries(given), messaging_product: "whatsapp" };
}
