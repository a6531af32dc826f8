import { type Call, numberOf, type Operation, wabaOf } from "../graph/call.ts";
import { type NodeView, readSelection, selectFields } from "../graph/field-selection.ts";
import { knownTo } from "../graph/graph-versions.ts";
import { cutPage } from "../graph/paging.ts";
import { choice, isFields, mustBe } from "../graph/rules.ts";
import type { NumberState } from "../state.ts";

const ORDERS = ["creation_time.asc", "creation_time.desc", "last_onboarded_time.asc", "last_onboarded_time.desc"];
const FILTERS = ["account_mode", "messaging_limit_tier", "is_official_business_account"];

/** `GET /{Phone-Number-ID}`. */
export const getNumber: Operation = (call) => ({
  body: selectFields(
    numberView(numberOf(call), call.request.version, webhookConfiguration(call)),
    readSelection(call.request.url.searchParams.get("fields")),
  ),
});

/** `GET /{WABA-ID}/phone_numbers`. */
export const listNumbers: Operation = (call) => {
  const waba = wabaOf(call);
  const { version, url } = call.request;
  const { searchParams } = url;
  const sort = searchParams.get("sort");
  if (sort !== null) choice(...ORDERS)(sort, "sort");
  const selection = readSelection(searchParams.get("fields"));
  const kept = readFilter(searchParams.get("filtering"));
  const numbers = [...call.state.numbers.values()].filter((number) => number.wabaId === waba.id && kept(number));
  // Meta lists the newest first unless asked otherwise
  if (!sort?.endsWith(".asc")) numbers.reverse();
  // an empty page still tells a field that does not exist
  if (numbers.length === 0 && selection) selectFields(numberView(BLANK, version), selection);
  const page = cutPage(numbers, url);
  return { body: { ...page, data: page.data.map((number) => selectFields(numberView(number, version), selection)) } };
};

// where the webhooks of the caller's app go: the number's own address counts over the account's, and that over the app's
function webhookConfiguration(call: Call): object | undefined {
  const { app } = call.caller;
  const number = numberOf(call);
  const account = call.state.wabas.get(number.wabaId)?.subscriptions.get(app.id)?.overrideUrl;
  const told = {
    ...(number.overrideUrl !== undefined && { phone_number: number.overrideUrl }),
    ...(account !== undefined && { whatsapp_business_account: account }),
    ...(app.webhook && { application: app.webhook.url }),
  };
  return Object.keys(told).length === 0 ? undefined : told;
}

function healthOf({ id, wabaId, registered }: NumberState): object {
  const can_send_message = registered ? "AVAILABLE" : "BLOCKED";
  const unregistered = {
    error_code: 141_000,
    error_description: "The phone number is not registered.",
    possible_solution: "Register the phone number.",
  };
  return {
    can_send_message,
    entities: [
      { entity_type: "PHONE_NUMBER", id, can_send_message, ...(!registered && { errors: [unregistered] }) },
      { entity_type: "WABA", id: wabaId, can_send_message: "AVAILABLE" },
    ],
  };
}

/** What a number can tell in a version. */
export function numberView(number: NumberState, version: string | undefined, webhooks?: object): NodeView {
  return {
    type: "WhatsAppBusinessPhoneNumber",
    defaults: ["verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type", "throughput"],
    values: knownTo(version, {
      id: number.id,
      account_mode: number.allowedRecipients ? "SANDBOX" : "LIVE",
      certificate: undefined,
      code_verification_status: "VERIFIED",
      conversational_automation: { id: number.id, prompts: [], commands: [] },
      country_code: undefined,
      country_dial_code: undefined,
      display_phone_number: number.display,
      eligibility_for_api_business_global_search: "NON_ELIGIBLE_UNDEFINED_COUNTRY",
      health_status: healthOf(number),
      host_platform: "CLOUD_API",
      is_official_business_account: false,
      is_on_biz_app: false,
      is_pin_enabled: number.pin !== undefined,
      is_preverified_number: false,
      last_onboarded_time: "2026-01-15T09:00:00+0000",
      messaging_limit_tier: "TIER_250",
      name_status: "APPROVED",
      new_name_status: "NONE",
      platform_type: "CLOUD_API",
      quality_rating: "GREEN",
      quality_score: { score: "GREEN" },
      search_visibility: "NON_VISIBLE",
      status: number.registered ? "CONNECTED" : "DISCONNECTED",
      throughput: { level: "STANDARD" },
      unified_cert_status: "APPROVED",
      username: undefined,
      verified_name: undefined,
      webhook_configuration: webhooks,
      whatsapp_business_manager_messaging_limit: "TIER_250",
      ...number.fields,
    }),
  };
}

const BLANK: NumberState = {
  id: "0",
  wabaId: "0",
  display: "",
  digits: "",
  registered: true,
  pin: undefined,
  registrations: { register: [], deregister: [] },
  wrongPins: [],
  overrideUrl: undefined,
  profile: {},
  freeServiceMessages: 0,
  services: new Map(),
  allowedRecipients: undefined,
  fields: {},
  verification: undefined,
  onboardedAt: undefined,
  synced: new Set(),
};

function readFilter(written: string | null): (number: NumberState) => boolean {
  if (written === null) return () => true;
  const conditions = parse(written);
  if (!Array.isArray(conditions)) throw mustBe("filtering", "a JSON-encoded array");
  const tests = conditions.map((condition: unknown, index) => {
    if (!isFields(condition)) throw mustBe(`filtering[${index}]`, "a JSON object");
    const { field, operator, value } = condition;
    choice(...FILTERS)(field, `filtering[${index}]['field']`);
    choice("EQUAL", "IN")(operator, `filtering[${index}]['operator']`);
    const wanted = Array.isArray(value) ? value.map(String) : [String(value)];
    return (number: NumberState) => wanted.includes(String(numberView(number, undefined).values[String(field)]));
  });
  return (number) => tests.every((test) => test(number));
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
