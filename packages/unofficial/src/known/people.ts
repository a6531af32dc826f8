import type { Contact } from "@wadesk/core";
import type { BinaryNode, KeyStore, Socket } from "../baileys/baileys.ts";
import { contactOf } from "../numbers/jid.ts";
import { bounded } from "./bounded.ts";

/** Who is who: a phone's LID, a LID's phone and username, as far as this device has learnt it. */
export interface People {
  /** The same person with the names that were missing, where they are known. Asks nobody. */
  complete<Person extends Contact>(person: Person): Promise<Person>;
  /** From now on this person goes by these names. */
  learn(person: Contact): void;
  /** Learns from what a client is sent. */
  watch(socket: Pick<Socket, "ws">): void;
}

const MOST = 5000;

/** Those that a device knows, by what Baileys keeps of them and what it was told since. */
export function people(keys: Pick<KeyStore, "get">): People {
  const lids = bounded<string, string>(MOST);
  const phones = bounded<string, string>(MOST);
  const usernames = bounded<string, string>(MOST);
  const learn: People["learn"] = ({ phone, lid, username }) => {
    if (lid !== undefined && username !== undefined) usernames.set(lid, username);
    if (phone === undefined || lid === undefined) return;
    lids.set(phone, lid);
    phones.set(lid, phone);
  };
  const kept = async (name: string): Promise<string | undefined> => {
    const found: unknown = (await keys.get("lid-mapping", [name]))[name];
    return typeof found === "string" && found !== "" ? found : undefined;
  };
  const otherNameOf = async ({ phone, lid }: Contact): Promise<Contact> => {
    if (phone !== undefined && lid !== undefined) return {};
    if (phone !== undefined) {
      const found = lids.get(phone) ?? (await kept(phone.slice(1)));
      return found === undefined ? {} : { lid: found };
    }
    if (lid === undefined) return {};
    const found = phones.get(lid) ?? plus(await kept(`${lid}_reverse`));
    return found === undefined ? {} : { phone: found };
  };
  return {
    learn,
    async complete(person) {
      const whole = { ...person, ...(await otherNameOf(person)) };
      learn(whole);
      const username = whole.username ?? (whole.lid === undefined ? undefined : usernames.get(whole.lid));
      return username === undefined ? whole : { ...whole, username };
    },
    watch({ ws }) {
      ws.on("CB:message", ({ attrs }: BinaryNode) => {
        const { from, participant, participant_pn, participant_lid, sender_pn, sender_lid } = attrs;
        const person = contactOf(
          participant === undefined ? [from, sender_pn, sender_lid] : [participant, participant_pn, participant_lid],
        );
        // Baileys 7.0.0-rc14 reads the usernames of recipients and of members alone
        const username = participant === undefined ? attrs.username : attrs.participant_username;
        if (person !== undefined) learn({ ...person, ...(username !== undefined && { username }) });
      });
    },
  };
}

function plus(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : `+${digits}`;
}
