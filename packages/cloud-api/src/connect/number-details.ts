import { isWadeskError, WadeskError } from "@wadesk/core";
import type { CloudApiDetails } from "../details.ts";
import type { Graph } from "../graph/graph.ts";
import { readNode } from "../graph/read-node.ts";
import { readPhone } from "../inbound/contact.ts";
import { asFlag, asList, asRecord, asText, present } from "../wire/wire.ts";

// the portfolio's limit came with v24.0, and Meta refuses a request for a field that its version lacks
const PORTFOLIO_LIMIT = "whatsapp_business_manager_messaging_limit";
const PORTFOLIO_LIMIT_FROM = 24;

const FIELDS = [
  "verified_name",
  "display_phone_number",
  "quality_rating",
  "messaging_limit_tier",
  PORTFOLIO_LIMIT,
  "code_verification_status",
  "name_status",
  "new_name_status",
  "platform_type",
  "status",
  "throughput",
  "account_mode",
  "is_official_business_account",
] as const;

/** The part of a connection's details that Meta tells of the number. */
export type NumberDetails = Omit<CloudApiDetails, "phoneNumberId" | "wabaId" | "businessId" | "appId" | "tokenExpiresAt">;

/** Asks for the number's name, quality, limits and states. */
export async function readNumber(graph: Graph, phoneNumberId: string): Promise<NumberDetails> {
  const known = Number.parseInt(graph.settings.graphVersion.slice(1), 10) >= PORTFOLIO_LIMIT_FROM;
  const number = await readNode(graph, phoneNumberId, known ? FIELDS : FIELDS.filter((field) => field !== PORTFOLIO_LIMIT));
  const tier = asText(number.messaging_limit_tier);
  return present({
    verifiedName: asText(number.verified_name),
    displayPhoneNumber: asText(number.display_phone_number),
    qualityRating: asText(number.quality_rating),
    messagingLimit: asText(number[PORTFOLIO_LIMIT]) ?? tier,
    messagingLimitTier: tier,
    codeVerificationStatus: asText(number.code_verification_status),
    nameStatus: asText(number.name_status),
    newNameStatus: number.new_name_status === "NONE" ? undefined : asText(number.new_name_status),
    platformType: asText(number.platform_type),
    status: asText(number.status),
    throughput: asText(asRecord(number.throughput)?.level),
    accountMode: asText(number.account_mode),
    officialBusinessAccount: asFlag(number.is_official_business_account),
  });
}

/** The display number as E.164; nothing where Meta shows none. */
export function phoneOf(details: NumberDetails): string | undefined {
  return readPhone(details.displayPhoneNumber);
}

const PAGES = 50;

/** Rejects with `number_mismatch` unless the number is one of the account's. */
export async function requireNumber(graph: Graph, wabaId: string, phoneNumberId: string): Promise<void> {
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await graph.get([wabaId, "phone_numbers"], { fields: "id", limit: "100", ...(after !== undefined && { after }) });
    if (asList(answer.data).some((item) => asText(asRecord(item)?.id) === phoneNumberId)) return;
    const paging = asRecord(answer.paging);
    after = paging?.next === undefined ? undefined : asText(asRecord(paging.cursors)?.after);
    if (after === undefined) break;
  }
  const detail = `Phone Number ID ${phoneNumberId} is not among the numbers of WABA ID ${wabaId}; copy both from WhatsApp → API Setup (the ID, not the phone number itself)`;
  throw new WadeskError("number_mismatch", { detail });
}

/** The business that owns the account; nothing where the token may not see it. */
export async function readBusiness(graph: Graph, wabaId: string): Promise<string | undefined> {
  try {
    const account = await readNode(graph, wabaId, ["owner_business_info", "on_behalf_of_business_info"]);
    return asText(asRecord(account.owner_business_info)?.id) ?? asText(asRecord(account.on_behalf_of_business_info)?.id);
  } catch (error) {
    if (isWadeskError(error, "scope_missing") || isWadeskError(error, "provider_refused")) return undefined;
    throw error;
  }
}
