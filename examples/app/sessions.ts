import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { AnyChannel, Wadesk } from "@wadesk/core";
import { PEOPLE, type Person } from "./people.ts";

/** The login stub: whoever presses a name is that person. Put your own in its place; nothing else of the application knows how people sign in. */
export interface Sessions {
  /** Who a request is from: what `authorize` of the Devices screen is. */
  personOf(request: Request): Person | undefined;
  /** The same of owners alone, who may connect numbers. */
  ownerOf(request: Request): Person | undefined;
  /** Whether people come by https, so that cookies go that way alone. */
  readonly secure: boolean;
  /** The `Set-Cookie` that signs this person in; nothing for one who is unknown. */
  signIn(userId: string): string | undefined;
  /** The one that signs out. */
  signOut(): string;
}

const NAME = "wadesk_example";

/** Makes the stub. Its cookie is a name and a signature, with a key that ends with the process: after a restart everybody signs in again. */
export function createSessions(
  { inbound: { publicUrl } }: Pick<Wadesk<AnyChannel>, "inbound">,
  key: Uint8Array = randomBytes(32),
): Sessions {
  const sign = (userId: string): string => createHmac("sha256", key).update(userId).digest("base64url");
  const personOf = (request: Request): Person | undefined => {
    const [, userId = "", signature = ""] =
      new RegExp(`(?:^|; )${NAME}=(\\w+)\\.([\\w-]+)`).exec(request.headers.get("cookie") ?? "") ?? [];
    const [given, expected] = [Buffer.from(signature), Buffer.from(sign(userId))];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return PEOPLE.find((person) => person.userId === userId);
  };
  const secure = publicUrl?.protocol === "https:";
  return {
    personOf,
    ownerOf(request) {
      const person = personOf(request);
      return person?.role === "owner" ? person : undefined;
    },
    secure,
    signIn(userId) {
      if (!PEOPLE.some((person) => person.userId === userId)) return undefined;
      return `${NAME}=${userId}.${sign(userId)}; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
    },
    signOut: () => `${NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`,
  };
}
