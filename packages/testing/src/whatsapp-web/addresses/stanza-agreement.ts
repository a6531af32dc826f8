import { type Addressing, addressingOf, isPersonal } from "../directory/jid.ts";
import { type BinaryNode, childOf, childrenOf } from "../wire/node.ts";

/** What WhatsApp refuses because its addresses are not of one kind. */
export interface Disagreement {
  /** The `error` of the ack. */
  readonly code: number;
  /** What is wrong, in words. */
  readonly flaw: string;
}

/** `StaleGroupAddressingMode` (whatsapp-rust, wacore/src/protocol/nack.rs): the client has to ask for the group anew. */
export const STALE_ADDRESSING = 421;
/** `SMAX_INVALID` (zapo 1.8.0, WaMessageDispatchCoordinator.ts): the stanza is not one that WhatsApp Web makes. */
export const INVALID_STANZA = 479;

/** Whether a message to one person names each of its devices as it names the person. */
export function disagreementOfDirect(stanza: BinaryNode): Disagreement | undefined {
  const { to, recipient } = stanza.attrs;
  const astray = [...recipients(stanza), recipient].find((jid) => isPersonal(jid) && addressingOf(jid) !== addressingOf(to));
  return astray === undefined ? undefined : { code: INVALID_STANZA, flaw: `to ${to} that names ${astray} by another kind of address` };
}

/** Whether a message to a group names its members as it says that they are named, or else as the group names them. */
export function disagreementOfGroup(stanza: BinaryNode, group: Addressing): Disagreement | undefined {
  const { to, participant, addressing_mode: mode } = stanza.attrs;
  const said = mode === undefined ? group : mode === "lid" ? "lid" : "number";
  const astray = [...recipients(stanza), participant].find((jid) => isPersonal(jid) && addressingOf(jid) !== said);
  return astray === undefined
    ? undefined
    : { code: STALE_ADDRESSING, flaw: `to ${to} by ${said} that names ${astray} by another kind of address` };
}

/** Whether a status names all who may see it by one kind of address. */
export function disagreementOfStatus(stanza: BinaryNode): Disagreement | undefined {
  const [first, ...others] = recipients(stanza);
  const astray = others.find((jid) => addressingOf(jid) !== addressingOf(first));
  return astray === undefined
    ? undefined
    : { code: INVALID_STANZA, flaw: `to everybody that names ${first} and ${astray} by two kinds of address` };
}

/** Where a stanza came from, as its client was told. */
export interface Origin {
  readonly from: string | undefined;
  readonly participant: string | undefined;
}

/** Whether a receipt goes where the messages that it is for came from, in words; undefined where it does or nobody knows. */
export function flawOfReceiptAddress(
  { attrs }: BinaryNode,
  to: string | undefined,
  origins: readonly (Origin | undefined)[],
): string | undefined {
  const isAstray = (jid: string | undefined, came: string | undefined): boolean =>
    isPersonal(jid) && isPersonal(came) && addressingOf(jid) !== addressingOf(came);
  const astray = origins.find((origin) => origin && (isAstray(to, origin.from) || isAstray(attrs.participant, origin.participant)));
  return astray && `by another kind of address than the message of ${astray.participant ?? astray.from} that it is for`;
}

function recipients(stanza: BinaryNode): readonly (string | undefined)[] {
  return childrenOf(childOf(stanza, "participants"), "to").map(({ attrs }) => attrs.jid);
}
