/** Ties a signup to the browser in which it was begun: a dialog that somebody else has opened ends in none that knows it. */
export interface AttemptCookie {
  /** The header that sets it, for as long as a dialog may take. */
  set(id: string, state: string): Promise<string>;
  /** The header that takes it away. */
  readonly cleared: string;
  /** Whether the browser has one, whatever it says. */
  isIn(request: Request): boolean;
  /** The id of the attempt whose state this is, where the browser began it. */
  idFor(request: Request, state: string): Promise<string | undefined>;
}

const LIFE_SECONDS = 15 * 60;

/** Makes one. Without `secure` it goes over http too, which is for a machine of one's own. */
export function attemptCookie(secure: boolean): AttemptCookie {
  // no subdomain can set one of this name
  const name = secure ? "__Host-wadesk_signup" : "wadesk_signup";
  const traits = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    set: async (id, state) => `${name}=${encodeURIComponent(id)}~${await digestOf(state)}; Max-Age=${LIFE_SECONDS}; ${traits}`,
    isIn: (request) => cookieOf(request, name) !== undefined,
    cleared: `${name}=; Max-Age=0; ${traits}`,
    async idFor(request, state) {
      const [id, digest] = (cookieOf(request, name) ?? "").split("~");
      return id !== undefined && digest !== undefined && digest === (await digestOf(state)) ? decoded(id) : undefined;
    },
  };
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

// what it is a digest of cannot be guessed, so that it may be compared plainly
async function digestOf(state: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`wadesk signup ${state}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
