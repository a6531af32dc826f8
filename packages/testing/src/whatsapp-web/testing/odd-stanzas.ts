import { createHash } from "node:crypto";
import { type BinaryNode, node } from "../wire/node.ts";

const TAGS = ["iq", "message", "receipt", "ack", "presence", "chatstate", "ib", "notification", "call", "success"];
const CHILDREN = [
  ...[
    "ping",
    "count",
    "digest",
    "key",
    "rotate",
    "list",
    "skey",
    "registration",
    "usync",
    "query",
    "user",
    "contact",
    "devices",
    "lid",
    "status",
  ],
  ...[
    "enc",
    "participants",
    "to",
    "retry",
    "keys",
    "item",
    "device-identity",
    "offline_batch",
    "unified_session",
    "create",
    "add",
    "subject",
  ],
  ...[
    "sync",
    "collection",
    "patch",
    "privacy",
    "tokens",
    "picture",
    "media_conn",
    "link_code_companion_reg",
    "remove-companion-device",
    "props",
  ],
];
// what the server answers, and what it does not
const KINDS = [
  "abt:get:props",
  "blocklist:get:",
  "blocklist:set:item",
  "encrypt:get:count",
  "encrypt:get:digest",
  "encrypt:get:key",
  "encrypt:set:registration",
  "encrypt:set:rotate",
  "md:set:link_code_companion_reg",
  "passive:set:active",
  "passive:set:passive",
  "privacy:get:privacy",
  "privacy:set:privacy",
  "privacy:set:tokens",
  "status:set:status",
  "urn:xmpp:whatsapp:dirty:set:clean",
  "usync:get:usync",
  "w:g2:get:invite",
  "w:g2:get:participating",
  "w:g2:get:query",
  "w:g2:set:create",
  "w:g2:set:invite",
  "w:g2:set:leave",
  "w:m:set:media_conn",
  "w:p:get:",
  "w:p:get:ping",
  "w:profile:picture:get:picture",
  "w:profile:picture:set:",
  "w:profile:picture:set:picture",
  "w:odd:get:ping",
  "encrypt:set:count",
];
const VALUES = [
  "",
  "1",
  "-1",
  "99999999999999999999",
  "get",
  "set",
  "pkmsg",
  "msg",
  "skmsg",
  "retry",
  "read",
  "server-error",
  "lid",
  "x@y",
  "🦤",
];
const NAMES = [
  "id",
  "to",
  "type",
  "jid",
  "participant",
  "recipient",
  "class",
  "count",
  "stage",
  "name",
  "version",
  "v",
  "action",
  "target",
];

/**
 * Stanzas that have the words of WhatsApp Web's in the wrong places, the same ones for the same seed. `places` are addresses that may occur; no
 * stanza asks the server to unlink the client.
 */
export function oddStanzas(seed: string, count: number, places: readonly string[]): readonly BinaryNode[] {
  let turn = 0;
  const below = (end: number): number => {
    turn += 1;
    return createHash("sha256").update(`${seed} ${turn}`).digest().readUInt32BE() % end;
  };
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const value = (): string => (below(3) === 0 ? one(VALUES) : one(places));
  const attributes = (): Record<string, string> => {
    const chosen: Record<string, string> = {};
    for (let left = below(5); left > 0; left -= 1) chosen[one(NAMES)] = value();
    return chosen;
  };
  const bytes = (): Buffer => Buffer.alloc(below(80), below(256));
  const inner = (depth: number): BinaryNode => {
    const isLeaf = depth > 2 || below(3) === 0;
    return node(one(CHILDREN), attributes(), isLeaf ? bytes() : Array.from({ length: below(4) }, () => inner(depth + 1)));
  };
  return Array.from({ length: count }, (_unused, index) => {
    const tag = below(3) > 0 ? "iq" : one(TAGS);
    const [, xmlns = "", type = "", first = ""] = /^(.*):(get|set):(.*)$/.exec(one(KINDS)) ?? [];
    const others = Array.from({ length: below(3) }, () => inner(0)).filter((child) => child.tag !== "remove-companion-device");
    if (tag !== "iq") return node(tag, { ...attributes(), id: `odd-${index}` }, below(8) === 0 ? bytes() : [inner(0), ...others]);
    const head = first === "" ? [] : [{ ...inner(0), tag: first }];
    return node(tag, { ...attributes(), xmlns, type, to: one(["s.whatsapp.net", ...places]), id: `odd-${index}` }, [...head, ...others]);
  });
}
