import { WadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import { type Contact, contactKey, phoneKey } from "../model/contact.ts";
import type { NumberChoice, NumberRule } from "../ports/number-rule.ts";
import { digestOf } from "./digest.ts";

/**
 * A contact keeps the number that it last spoke with. Somebody new gets one by rendezvous hashing over those that are connected: nothing is kept for it, numbers
 * have about as many contacts each, and one that comes or goes moves none but its own. A restricted number begins no chats; where every one is restricted the
 * choice ends with `spam_limited`.
 */
export const steadyNumbers: NumberRule = (choice) => steadily(choice);

async function* steadily({ to, last, connected }: NumberChoice): AsyncGenerator<Connection> {
  const isKept = last?.status.state === "connected";
  if (isKept) yield last;
  const others = (await connected()).filter(({ id }) => !isKept || id !== last.id);
  const free = others.filter(({ status }) => status.restriction === undefined);
  if (free.length === 0 && others.length > 0) throw allRestricted(others);
  yield* byRendezvous(free, nameOf(to));
}

// https://en.wikipedia.org/wiki/Rendezvous_hashing: each number is weighed with the contact, and the heaviest has it
function byRendezvous(numbers: readonly Connection[], name: string): readonly Connection[] {
  return numbers
    .map((number) => ({ number, weight: digestOf([name, number.id]) }))
    .sort((one, other) => (one.weight < other.weight ? 1 : -1))
    .map(({ number }) => number);
}

// the phone where there is one, in whichever of its spellings: that is how somebody new is written to first
function nameOf(contact: Contact): string {
  return contact.phone === undefined ? contactKey(contact) : phoneKey(contact.phone);
}

function allRestricted(numbers: readonly Connection[]): WadeskError {
  return new WadeskError("spam_limited", {
    detail: `none of the ${numbers.length} numbers that are connected may begin a chat at present; chats that exist go on`,
  });
}
