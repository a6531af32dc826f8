import { createHash, createHmac, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { BRIDGE_SECRET, type BridgedWorld, linkBridged, openBridged } from "./world/open-bridged.ts";

const ROUTE = "unofficial:acme:15550001111";
const OTHER_SECRET = "another secret of thirty-two chars";
const FILE = Buffer.from(Uint8Array.from({ length: 5000 }, (_, index) => index % 251));

const digestOf = (bytes: string | Uint8Array): string => `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
const signatureOf = (text: string, secret = BRIDGE_SECRET): string => `v1,${createHmac("sha256", secret).update(text).digest("base64")}`;

/** What becomes of a file on its way, by what the page of the protocol says and with nothing of ours. */
interface Upload {
  /** What was told of it when the ticket was asked for. */
  readonly asked?: object;
  /** The ticket in the place of the given one; none for `undefined`. */
  readonly ticket?: (given: string) => string | undefined;
  readonly secret?: string;
  /** The ticket that the end is signed with. */
  readonly signedFor?: string;
  readonly length?: number;
  readonly digest?: string;
  readonly end?: (text: string) => string;
  /** How many milliseconds pass before it is brought. */
  readonly later?: number;
}

type Said = readonly [status: number, code: string | undefined];

async function open() {
  const world = await openBridged();
  await linkBridged(world, world.app);
  const { bridgeUrl, time } = world;
  const call = async (name: string, given: object): Promise<Response> => {
    const body = JSON.stringify(given);
    const [id, timestamp] = [`call_${randomUUID()}`, String(Math.floor(time.now() / 1000))];
    const text = `${id}.${timestamp}.wadesk-bridge/1 call\nPOST\n/v1/${name}\ndefault\n${digestOf(body)}`;
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatureOf(text),
      "wadesk-bridge": "default",
      "wadesk-bridge-version": "1",
      "content-digest": digestOf(body),
    };
    return fetch(`${bridgeUrl}/v1/${name}`, { method: "POST", headers, body });
  };
  const ticketFor = async (asked: object = {}): Promise<string> => {
    const response = await call("ticket", { route: ROUTE, mimeType: "image/png", ...asked });
    return ((await response.json()) as { readonly ticket: string }).ticket;
  };
  const bring = async (upload: Upload): Promise<Said> => {
    const given = await ticketFor(upload.asked);
    const {
      ticket = (text: string) => text,
      later = 0,
      length = FILE.length,
      digest = digestOf(FILE),
      end = (text: string) => text,
    } = upload;
    if (later > 0) await time.advance(later);
    const shown = ticket(given);
    const text = ["wadesk-bridge/1 upload", "default", digestOf(upload.signedFor ?? shown ?? ""), length, digest].join("\n");
    const last = JSON.stringify({ length, digest, signature: signatureOf(text, upload.secret) });
    const body = Buffer.concat([headOf(FILE.length), FILE, headOf(0), Buffer.from(end(last))]);
    const response = await fetch(`${bridgeUrl}/v1/upload`, {
      method: "POST",
      body,
      headers: shown === undefined ? {} : { "wadesk-ticket": shown },
    });
    return saidBy(response);
  };
  return { world, call, ticketFor, bring };
}

function headOf(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
}

async function saidBy(response: Response): Promise<Said> {
  const { error } = (await response.json()) as { readonly error?: { readonly code: string } };
  return [response.status, error?.code];
}

/** A ticket of this very secret, which another bridge has given. */
function ofAnother(ticket: string): string {
  const told = JSON.parse(Buffer.from(ticket.split(".")[0] ?? "", "base64url").toString()) as object;
  const text = Buffer.from(JSON.stringify({ ...told, bridge: "eu" })).toString("base64url");
  return `${text}.${signatureOf(`wadesk-bridge/1 ticket\n${text}`)}`;
}

/** Whether the bridge has asked WhatsApp where to bring a file. */
function hasAskedWhere({ web }: BridgedWorld): boolean {
  return web.transcript().includes("<media_conn");
}

describe("a file with a ticket", () => {
  it("is brought once, and not where ticket, length, digest or signature are another, which brings nothing to WhatsApp", async () => {
    const { world, bring, ticketFor } = await open();
    const refused: readonly (readonly [what: string, said: Said, upload: Upload])[] = [
      ["without a ticket", [401, "signature_missing"], { ticket: () => undefined }],
      ["a ticket of nobody", [401, "signature_invalid"], { ticket: () => "e30.v1,abc" }],
      ["a ticket that was changed", [401, "signature_invalid"], { ticket: (given) => `A${given}` }],
      ["a ticket of another bridge", [401, "signature_invalid"], { ticket: ofAnother }],
      ["a ticket that is over", [401, "too_old"], { later: 300_000 }],
      ["another length", [502, "media_corrupt"], { length: FILE.length - 1 }],
      ["a length that was told otherwise", [502, "media_corrupt"], { asked: { sizeBytes: FILE.length - 1 } }],
      ["a length that was told larger", [502, "media_corrupt"], { asked: { sizeBytes: FILE.length + 1 } }],
      ["another digest", [502, "media_corrupt"], { digest: digestOf("another") }],
      ["an end that is signed with another secret", [502, "media_corrupt"], { secret: OTHER_SECRET }],
      ["an end that is signed for another ticket", [502, "media_corrupt"], { signedFor: await ticketFor() }],
      ["no end", [502, "media_corrupt"], { end: () => "" }],
      ["half an end", [502, "media_corrupt"], { end: (text) => text.slice(0, -9) }],
    ];
    for (const [what, said, upload] of refused) expect([what, await bring(upload)]).toEqual([what, said]);
    expect(hasAskedWhere(world)).toBe(false);

    let used = "";
    const first = await bring({
      asked: { sizeBytes: FILE.length, fileName: "ä.png", kind: "image" },
      ticket(given) {
        used = given;
        return given;
      },
    });
    expect([first, hasAskedWhere(world)]).toEqual([[200, undefined], true]);
    expect(await bring({ ticket: () => used })).toEqual([409, "id_reused"]);
    expect(await bring({ later: 299_000 })).toEqual([200, undefined]);
  });

  it("has none of a number that the bridge does not keep, and a file of another number is not there", async () => {
    const { call } = await open();
    expect(await saidBy(await call("ticket", { route: "unofficial:rival:15550001111", mimeType: "image/png" }))).toEqual([
      409,
      "not_connected",
    ]);
    expect(await saidBy(await call("download", { route: ROUTE, id: "a file of another number" }))).toEqual([404, "media_not_found"]);
    expect(await saidBy(await call("download", { route: ROUTE }))).toEqual([400, "body_invalid"]);
  });
});
