import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { PEOPLE, type Person } from "./people.ts";

/** The login stub: whoever presses a name is that person. Put your own in its place; nothing else of the application knows how people sign in. */
export interface Sessions {
  /** Who a request is from: what `authorize` of the Devices screen is. */
  personOf(request: Request): Person | undefined;
  /** The `Set-Cookie` that signs this person in; nothing for one who is unknown. */
  signIn(userId: string, request: Request): string | undefined;
  /** The one that signs out. */
  signOut(): string;
}

const NAME = "wadesk_example";

/** Makes the stub. Its cookie is a name and a signature, with a key that ends with the process: after a restart everybody signs in again. */
export function createSessions(key: Uint8Array = randomBytes(32)): Sessions {
  const sign = (userId: string): string => createHmac("sha256", key).update(userId).digest("base64url");
  return {
    personOf(request) {
      const [, userId = "", signature = ""] =
        new RegExp(`(?:^|; )${NAME}=(\\w+)\\.([\\w-]+)`).exec(request.headers.get("cookie") ?? "") ?? [];
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(userId))];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return PEOPLE.find((person) => person.userId === userId);
    },
    signIn(userId, request) {
      if (!PEOPLE.some((person) => person.userId === userId)) return undefined;
      const secure = new URL(request.url).protocol === "https:" ? "; Secure" : "";
      return `${NAME}=${userId}.${sign(userId)}; Path=/; HttpOnly; SameSite=Lax${secure}`;
    },
    signOut: () => `${NAME}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`,
  };
}
