import { type Contact, WadeskError } from "@wadesk/core";
import { errorRow, vendorError } from "@wadesk/core/ports";
import type { BinaryNode, GroupMetadata, Socket } from "../baileys/baileys.ts";
import { bounded } from "../known/bounded.ts";
import { contactOf } from "../numbers/jid.ts";

/** How many groups are known at most, and for how long each is believed, in milliseconds. */
const MOST = 1000;
const LIFE_MS = 60 * 60 * 1000;

/** What is known of groups: asked for once, and again after an hour or any notice of a change. */
export interface GroupCache {
  /** What is known now, without asking. */
  peek(groupId: string): GroupMetadata | undefined;
  /** Rejects as `askGroup` does. */
  get(socket: Pick<Socket, "groupMetadata">, groupId: string): Promise<GroupMetadata>;
  /** This moment, for `put`. */
  moment(): number;
  /** Keeps what was answered to a question of that moment, unless the group was forgotten since. */
  put(group: GroupMetadata, askedAt: number): void;
  forget(groupId: string): void;
  /** Forgets what a client is told has changed. */
  watch(socket: Pick<Socket, "ws">): void;
}

/** That of one connection; it outlives each of its clients. `learn` hears who is who, which a group tells of all that are in it. */
export function groupCache(now: () => number, learn: (person: Contact) => void): GroupCache {
  const known = bounded<string, { readonly group: GroupMetadata; readonly until: number }>(MOST);
  const asked = new Map<string, Promise<GroupMetadata>>();
  const forgotten = bounded<string, number>(MOST);
  let moments = 0;
  const peek: GroupCache["peek"] = (groupId) => {
    const entry = known.get(groupId);
    if (entry === undefined || entry.until <= now()) return undefined;
    return entry.group;
  };
  const put: GroupCache["put"] = (group, askedAt) => {
    if ((forgotten.get(group.id) ?? 0) <= askedAt) known.set(group.id, { group, until: now() + LIFE_MS });
    for (const { id, lid, phoneNumber } of group.participants) learnFrom([id, lid, phoneNumber]);
  };
  const learnFrom = (jids: readonly (string | undefined)[]): void => {
    const person = contactOf(jids);
    if (person !== undefined) learn(person);
  };
  const forget: GroupCache["forget"] = (groupId) => {
    known.delete(groupId);
    moments += 1;
    forgotten.set(groupId, moments);
    // an answer that is under way may be of before
    asked.delete(groupId);
  };
  return {
    peek,
    moment: () => moments,
    put,
    forget,
    async get(socket, groupId) {
      const found = peek(groupId) ?? asked.get(groupId);
      if (found !== undefined) return found;
      const askedAt = moments;
      const answer = askGroups(() => socket.groupMetadata(groupId));
      asked.set(groupId, answer);
      try {
        const group = await answer;
        put(group, askedAt);
        return group;
      } finally {
        if (asked.get(groupId) === answer) asked.delete(groupId);
      }
    },
    watch({ ws }) {
      ws.on("CB:notification,type:w:gp2", ({ attrs, content }: BinaryNode) => {
        if (attrs.from !== undefined) forget(attrs.from);
        // Baileys 7.0.0-rc14 hands a notice on without the other address of who it is about
        learnFrom([attrs.participant, attrs.participant_pn, attrs.participant_lid]);
        for (const change of nodesIn(content))
          for (const { attrs: person } of nodesIn(change.content)) learnFrom([person.jid, person.phone_number, person.lid]);
      });
    },
  };
}

function nodesIn(content: BinaryNode["content"]): readonly BinaryNode[] {
  return Array.isArray(content) ? content : [];
}

const REFUSALS: ReadonlyMap<number, string> = new Map([
  [401, "the number is no admin of this group, or was removed from it"],
  [403, "the number is not in this group, or may not do this in it"],
  [404, "there is no such group, or no such invitation"],
  [406, "WhatsApp does not take it as it stands"],
  [409, "it is so already, or somebody else changed it at this moment"],
  [410, "this invitation has ended"],
  [419, "the group is full"],
  [429, "WhatsApp was asked about groups too often"],
]);

/** What WhatsApp answers about groups. Rejects with `provider_refused` and its code, and with `provider_unavailable` where it did not answer. */
export async function askGroups<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const code = codeOf(error);
    // what Baileys says itself of a socket that has ended, or of an answer that did not come
    if (code === undefined || code === 408 || code === 428 || code >= 500)
      throw new WadeskError("provider_unavailable", { detail: "WhatsApp did not answer about groups" });
    const row = code === 429 ? errorRow("rate_limited", REFUSALS.get(code)) : errorRow("provider_refused", REFUSALS.get(code));
    throw vendorError({ vendor: "unofficial", code }, row);
  }
}

function codeOf(error: unknown): number | undefined {
  const { output, data } = (error ?? {}) as { readonly output?: { readonly statusCode?: number }; readonly data?: unknown };
  // Baileys 7.0.0-rc14 puts WhatsApp's own code there
  if (typeof data === "number") return data;
  return output?.statusCode;
}
