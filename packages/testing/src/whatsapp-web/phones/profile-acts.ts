import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import type { Media } from "../media/media.ts";
import { setPicture } from "../requests/profile.ts";
import type { World } from "../server/world.ts";
import { node } from "../wire/node.ts";

/** What a person shows, and lets others know. */
export interface ProfileActs {
  /** What the person shows and has set now, on the phone or by a client. */
  profile(): ShownProfile;
  /** Shows another picture, or none. */
  setPicture(picture: Uint8Array | undefined): void;
  /** Changes the words beside the name, which are no posted status. */
  setStatus(status: string): void;
  /** Decides who may see what, such as `readreceipts` by `none`. Throws when there is no such category. */
  setPrivacy(category: string, value: string): void;
  /** Reads messages of a chat on the phone itself: the person's clients learn that there is nothing left to read. */
  readHere(chat: { readonly jid: string }, ...ids: readonly [string, ...string[]]): void;
}

/** What a person shows and has set. */
export interface ShownProfile {
  /** The words beside the name; empty where none were set. */
  readonly status: string;
  /** The picture itself; undefined where there is none or only its URL is known. */
  readonly picture: Uint8Array | undefined;
  /** Addresses that the person has blocked. */
  readonly blocked: readonly string[];
  /** Settings by their category. */
  readonly privacy: Readonly<Record<string, string>>;
}

/** The acts of the person with an account. */
export function profileActs(world: World, media: Media, account: Account): ProfileActs {
  const { profile } = account;
  return {
    profile: () => ({
      status: profile.status,
      picture: profile.picture,
      blocked: [...profile.blocked],
      privacy: Object.fromEntries(profile.privacy),
    }),
    setPicture: (picture) => setPicture(world, media, account, picture),
    setStatus: (status) => {
      profile.status = status;
    },
    setPrivacy: (category, value) => {
      if (!profile.privacy.has(category)) throw new Error(`there is no privacy of ${category}`);
      profile.privacy.set(category, value);
    },
    readHere: ({ jid }, id, ...others) => {
      const list =
        others.length === 0
          ? undefined
          : [
              node(
                "list",
                {},
                others.map((each) => node("item", { id: each })),
              ),
            ];
      const type = profile.privacy.get("readreceipts") === "none" ? "read-self" : "read";
      for (const device of linkedDevices(account)) {
        device.mailbox.post(node("receipt", { id, from: numberJid(account), recipient: jid, type, t: world.seconds() }, list));
      }
    },
  };
}
