import type { Account } from "../directory/account.ts";
import type { World } from "../server/world.ts";
import type { Chat, Presence, Presences } from "./presence.ts";

/** What a person does to be seen, and sees of others. */
export interface PresenceActs {
  /** Comes or goes: clients that have subscribed to the person are told. */
  appear(state: "available" | "unavailable"): void;
  /** Writes, or records, in the chat with somebody or in a group; `paused` ends it. */
  write(to: { readonly jid: string } | string, state: "composing" | "recording" | "paused"): void;
  /** From now on the phone is told whether somebody is there. */
  watch(other: { readonly jid: string }): void;
  /** What the phone is told next, the first where `fits` says so; waits for it. */
  presence(fits?: (presence: Presence) => boolean): Promise<Presence>;
}

/** The acts of one account. `chatOf` finds who is in a chat. */
export function presenceActs(
  world: World,
  presences: Presences,
  account: Account,
  chatOf: (to: { readonly jid: string } | string) => Chat,
): PresenceActs {
  const seen = presences.seenBy(account);
  return {
    appear: (state) => presences.appear(account, state),
    write: (to, state) => presences.write(account, chatOf(to), state),
    watch: ({ jid }) => {
      const found = world.directory.find(jid);
      if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
      presences.watch(account, found.account);
    },
    presence: (fits = () => true) =>
      world.changes.until(`a presence at ${account.number}`, () => {
        const index = seen.findIndex(fits);
        return index === -1 ? undefined : seen.splice(index, 1)[0];
      }),
  };
}
