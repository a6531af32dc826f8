import { timingSafeEqual } from "node:crypto";

/** Who may come in to a page on loopback. */
export interface PageDoor {
  /** The part of the path behind the secret, such as `/world`; undefined where the request must not be answered. */
  open(request: Request): string | undefined;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * A door that opens to whoever was told its secret, the first part of every path, and only on loopback's own names: a website in the same browser
 * neither knows the secret, nor may it call itself by a name of its own that leads here, nor send anything from its own origin.
 */
export function pageDoor(secret: string): PageDoor {
  const expected = Buffer.from(secret);
  return {
    open: ({ url, headers }) => {
      const { hostname, pathname, origin } = new URL(url);
      if (!LOOPBACK.includes(hostname)) return undefined;
      const from = headers.get("origin");
      if (from !== null && from !== origin) return undefined;
      const site = headers.get("sec-fetch-site");
      if (site !== null && site !== "same-origin" && site !== "none") return undefined;
      const [, told = "", ...rest] = pathname.split("/");
      const given = Buffer.from(told);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return `/${rest.join("/")}`;
    },
  };
}
