import type { SignupNumber } from "@wadesk/core";
import type { SignupContext } from "@wadesk/core/ports";
import type { Graph } from "../graph/graph.ts";
import { readPhone } from "../inbound/contact.ts";
import { routeOf } from "../inbound/source.ts";
import type { CloudApiSettings } from "../options.ts";
import { asList, asRecord, asText } from "../wire/wire.ts";

/** One number of an account, as far as a signup looks at it. */
export interface AccountNumber {
  readonly id: string;
  readonly label: string;
  readonly phone?: string;
  readonly verified: boolean;
  readonly registered: boolean;
  readonly hasPin: boolean;
  /** Whether it lives in the WhatsApp Business app too: then it is never registered here. */
  readonly onBusinessApp: boolean;
}

const FIELDS = "id,display_phone_number,verified_name,code_verification_status,status,platform_type,is_pin_enabled,is_on_biz_app";
const UNREGISTERED: readonly unknown[] = [undefined, "PENDING", "DISCONNECTED", "UNVERIFIED", "UNKNOWN"];
const PAGES = 50;

/** Every number of an account. */
export async function numbersOf(graph: Graph, wabaId: string): Promise<readonly AccountNumber[]> {
  const found: AccountNumber[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await graph.get([wabaId, "phone_numbers"], { fields: FIELDS, limit: "100", ...(after !== undefined && { after }) });
    for (const item of asList(answer.data)) found.push(...readNumber(item));
    const paging = asRecord(answer.paging);
    after = paging?.next === undefined ? undefined : asText(asRecord(paging.cursors)?.after);
    if (after === undefined) break;
  }
  return found;
}

function readNumber(item: unknown): readonly AccountNumber[] {
  const number = asRecord(item);
  const id = asText(number?.id);
  if (number === undefined || id === undefined) return [];
  const display = asText(number.display_phone_number);
  const phone = readPhone(display);
  return [
    {
      id,
      label: [asText(number.verified_name), display].filter((text) => text !== undefined).join(", ") || id,
      ...(phone !== undefined && { phone }),
      verified: number.code_verification_status === "VERIFIED",
      registered: !UNREGISTERED.includes(number.status) && number.platform_type !== "NOT_APPLICABLE",
      hasPin: number.is_pin_enabled === true,
      onBusinessApp: number.is_on_biz_app === true,
    },
  ];
}

/** A number as a person sees it, and whether somebody has it connected. */
export async function shownNumber({ id, label, phone }: AccountNumber, context: SignupContext<CloudApiSettings>): Promise<SignupNumber> {
  const connected = await context.holderOf(routeOf(id));
  return { ...plainNumber({ id, label, ...(phone !== undefined && { phone }) }), ...(connected !== undefined && { connected }) };
}

/** The same without a look at connections. */
export function plainNumber({ id, label, phone }: Pick<AccountNumber, "id" | "label" | "phone">): SignupNumber {
  return { id, label, ...(phone !== undefined && { phone }) };
}
