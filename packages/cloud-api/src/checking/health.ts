import type { Graph } from "../graph/graph.ts";
import { ifShown, readNode } from "../graph/read-node.ts";
import { asList, asNumber, asRecord, asText } from "../wire/wire.ts";
import type { CloudApiWarning } from "../connect/warnings.ts";

/** What Meta says of whether a number can send, and of where its webhooks go. */
export interface NumberHealth {
  /** Whether something limits what it may send: of the number itself, its account or its business. */
  readonly limited: boolean;
  readonly problems: readonly HealthProblem[];
  /** Where webhooks go, by who says so; the first that there is counts. */
  readonly addresses: readonly (readonly [by: "number" | "account" | "app", address: string])[];
}

/** One thing that keeps a number from sending. */
interface HealthProblem {
  readonly entity: string;
  readonly state: string;
  readonly error: number | undefined;
  readonly text: string;
}

const LIMITED: readonly unknown[] = ["LIMITED", "BLOCKED"];

/**
 * Asks for the health of a number; nothing where Meta does not tell this token.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status
 */
export async function readHealth(graph: Graph, phoneNumberId: string): Promise<NumberHealth | undefined> {
  const number = await ifShown(readNode(graph, phoneNumberId, ["id", "health_status", "webhook_configuration"]));
  if (number === undefined) return undefined;
  const health = asRecord(number.health_status);
  const told = asRecord(number.webhook_configuration);
  const addresses = [
    ["number", asText(told?.phone_number)],
    ["account", asText(told?.whatsapp_business_account)],
    ["app", asText(told?.application)],
  ] as const;
  return {
    limited: LIMITED.includes(health?.can_send_message),
    problems: asList(health?.entities).flatMap(problemsOf),
    addresses: addresses.flatMap(([by, address]) => (address === undefined ? [] : [[by, address] as const])),
  };
}

function problemsOf(item: unknown): readonly HealthProblem[] {
  const entity = asRecord(item);
  const state = asText(entity?.can_send_message) ?? "UNKNOWN";
  if (!LIMITED.includes(state)) return [];
  const name = asText(entity?.entity_type) ?? "UNKNOWN";
  const errors = asList(entity?.errors).map(asRecord);
  if (errors.length === 0) {
    const more = asList(entity?.additional_info).flatMap((each) => asText(each) ?? []);
    return [{ entity: name, state, error: undefined, text: more.join(" ") }];
  }
  return errors.map((error) => ({
    entity: name,
    state,
    error: asNumber(error?.error_code),
    text: [asText(error?.error_description), asText(error?.possible_solution)].filter((text) => text !== undefined).join(" "),
  }));
}

const NAMES: Readonly<Record<string, string>> = {
  PHONE_NUMBER: "the number",
  WABA: "its WhatsApp account",
  BUSINESS: "its business portfolio",
  APP: "the Meta app",
  MESSAGE_TEMPLATE: "a template",
};

/** What is warned of in a number's health, in Meta's own words where it has some. */
export function healthWarnings(health: NumberHealth | undefined, publicUrl: URL | undefined): readonly CloudApiWarning[] {
  if (health === undefined) return [];
  const problems = health.problems.map(({ entity, state, error, text }): CloudApiWarning => {
    const what = `Meta ${state === "BLOCKED" ? "blocks" : "limits"} sending because of ${NAMES[entity] ?? entity}`;
    const why = text === "" ? "see WhatsApp Manager" : text;
    const values = { entity, state, ...(error !== undefined && { error }) };
    return { code: state === "BLOCKED" ? "sending_blocked" : "sending_limited", values, text: `${what}: ${why}` };
  });
  return [...problems, ...elsewhere(health, publicUrl)];
}

// who has led them elsewhere, and how they are brought back
const BACK = {
  number: "the number itself leads them there; remove its override (webhook_configuration), or lead it here",
  account: "its WhatsApp account leads them there; remove its override, or reconnect the number with override",
  app: "set the callback URL under WhatsApp → Configuration of the Meta app",
} as const;

function elsewhere({ addresses: [first] }: NumberHealth, publicUrl: URL | undefined): readonly CloudApiWarning[] {
  if (first === undefined || publicUrl === undefined) return [];
  const [by, written] = first;
  const told = URL.canParse(written) ? new URL(written) : undefined;
  // without its query and credentials, which may be somebody's secrets
  const callbackUrl = told === undefined ? "an address that is none" : `${told.origin}${told.pathname}`;
  if (callbackUrl.startsWith(`${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}/`)) return [];
  const text = `Messages to this number go to ${callbackUrl}, which is not this application, so nothing comes in: ${BACK[by]}.`;
  return [{ code: "webhooks_elsewhere", values: { callbackUrl, by }, text }];
}
