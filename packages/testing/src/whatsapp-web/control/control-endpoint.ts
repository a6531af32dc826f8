import { randomBytes, timingSafeEqual } from "node:crypto";
import { checkOptions } from "@wadesk/core/ports";
import { serve } from "../../fakes/stage/serve.ts";
import type { Phone } from "../phones/phone.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type ControlCall, runControl } from "./control-acts.ts";

/** An HTTP endpoint on 127.0.0.1 by which a test in any language does what one in this process can. */
export interface ControlEndpoint {
  /** `http://127.0.0.1:<port>`; what calls it by another host's name, or from a page of a browser, is refused. */
  readonly url: string;
  /** Every request carries it as `authorization: Bearer <token>`. */
  readonly token: string;
  /** Stops listening; requests under way are cut off. */
  close(): Promise<void>;
}

const LONGEST_BODY = 64 * 1_048_576;
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Serves the endpoint for a server and the phones on it; port 0 takes a free one. `complaints` answers those so far and forgets them. */
export async function controlEndpoint(
  web: WhatsAppWeb,
  phones: readonly Phone[] = [],
  options: { readonly port?: number; readonly complaints?: () => readonly string[] } = {},
): Promise<ControlEndpoint> {
  checkOptions<typeof options>("controlEndpoint", options, { port: "number", complaints: "function" });
  const { port = 0, complaints = () => web.takeComplaints() } = options;
  const token = randomBytes(24).toString("base64url");
  const known = new Map(phones.map((phone) => [phone.number, phone]));
  const answer = async (request: Request): Promise<Response> => {
    const reply = (status: number, body: unknown): Response =>
      Response.json(body ?? {}, { status, headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" } });
    if (!isAllowed(request, token)) return reply(401, { error: "the token of the ready file has to be sent as authorization: Bearer" });
    if (request.method !== "POST") return reply(405, { error: "every act is a POST" });
    try {
      const path = new URL(request.url).pathname
        .split("/")
        .filter((part) => part !== "")
        .map(decodeURIComponent);
      const text = await request.text();
      const call: ControlCall = { path, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
      return reply(200, await runControl({ web, known, complaints }, call));
    } catch (error) {
      return reply(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const server = await serve(answer, port, LONGEST_BODY);
  return { url: server.url, token, close: server.close };
}

/** A website in a browser of this computer has no token, and is not let in with one. */
function isAllowed({ url, headers }: Request, token: string): boolean {
  if (!LOOPBACK.includes(new URL(url).hostname) || headers.has("origin")) return false;
  const [expected, given] = [Buffer.from(`Bearer ${token}`), Buffer.from(headers.get("authorization") ?? "")];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
