import { asList, asRecord, asText } from "../wire/wire.ts";
import { inputInvalid, readFields } from "./input-invalid.ts";
import { graphOf, idOf, type NumberWork } from "./work.ts";

/** What people see of a business; what it has not said is absent. */
export interface BusinessProfile {
  /** The line below the name. */
  readonly about?: string;
  /** Where it is, in one line. */
  readonly address?: string;
  /** What it does. */
  readonly description?: string;
  /** For people to write to. */
  readonly email?: string;
  /** Meta's word for the trade, e.g. `RETAIL`. */
  readonly vertical?: string;
  /** Two at most. */
  readonly websites?: readonly string[];
  /** Where the picture lies. */
  readonly pictureUrl?: string;
}

/** What is to change of it; an empty text takes a field away, but for `about`. */
export interface ProfileChange {
  /** 1 to 139 characters. */
  readonly about?: string;
  /** 256 characters at most. */
  readonly address?: string;
  /** 512 characters at most. */
  readonly description?: string;
  /** 128 characters at most. */
  readonly email?: string;
  /** Meta's word for the trade, e.g. `RETAIL`. */
  readonly vertical?: string;
  /** Two http(s) addresses at most, of 256 characters each. */
  readonly websites?: readonly string[];
  /** Of a picture that was brought to Meta by its Resumable Upload. */
  readonly pictureHandle?: string;
}

const NAMES = ["about", "address", "description", "email", "vertical", "websites", "pictureHandle"] as const;
const LONGEST = { about: 139, address: 256, description: 512, email: 128 } as const;
const WEBSITES = 2;
const LONGEST_WEBSITE = 256;
const FIELDS = "about,address,description,email,profile_picture_url,websites,vertical";

/**
 * Reads the profile.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles
 */
export async function readProfile(work: NumberWork): Promise<BusinessProfile> {
  const { data } = await (await graphOf(work)).get([idOf(work), "whatsapp_business_profile"], { fields: FIELDS });
  const first = asRecord(asList(data)[0]);
  // Meta's specification puts it one level deeper than its guide
  const told = asRecord(first?.business_profile) ?? first ?? {};
  const websites = asList(told.websites).flatMap((each) => asText(each) ?? []);
  const texts = { about: told.about, address: told.address, description: told.description, email: told.email, vertical: told.vertical };
  return {
    ...Object.fromEntries(
      Object.entries({ ...texts, pictureUrl: told.profile_picture_url }).filter(([, value]) => asText(value) !== undefined),
    ),
    ...(websites.length > 0 && { websites }),
  };
}

/** Changes the profile. */
export async function changeProfile(work: NumberWork, change: ProfileChange): Promise<void> {
  const { pictureHandle, ...fields } = checked(readFields(change, NAMES, "change"));
  const body = {
    messaging_product: "whatsapp",
    ...fields,
    ...(pictureHandle !== undefined && { profile_picture_handle: pictureHandle }),
  };
  await (await graphOf(work)).put("POST", [idOf(work), "whatsapp_business_profile"], body);
}

function checked(change: ProfileChange): ProfileChange {
  for (const [field, max] of Object.entries(LONGEST)) {
    const value: unknown = change[field as keyof typeof LONGEST];
    if (value === undefined) continue;
    if (typeof value !== "string") throw inputInvalid(field, "not_a_text", "must be a text");
    if ([...value].length > max) throw inputInvalid(field, "too_long", `has more than ${max} characters`, { max });
  }
  if (change.about === "") throw inputInvalid("about", "required", "must not be empty; Meta keeps the former one when it is left out");
  if (change.email !== undefined && change.email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(change.email))
    throw inputInvalid("email", "wrong_form", "must be an email address");
  const { websites = [] } = change;
  if (!Array.isArray(websites)) throw inputInvalid("websites", "not_a_list", "must be a list");
  if (websites.length > WEBSITES) throw inputInvalid("websites", "too_many", `has more than ${WEBSITES} addresses`, { max: WEBSITES });
  for (const [index, each] of websites.entries()) {
    const field = `websites.${index}`;
    if (typeof each !== "string" || !/^https?:\/\/[^\s/]/.test(each))
      throw inputInvalid(field, "not_an_address", "must be an http(s) address");
    if (each.length > LONGEST_WEBSITE)
      throw inputInvalid(field, "too_long", `has more than ${LONGEST_WEBSITE} characters`, { max: LONGEST_WEBSITE });
  }
  return change;
}
