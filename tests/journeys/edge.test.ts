import { EdgeVM } from "@edge-runtime/vm";
import { createFakeMeta, type FakeMeta, signMeta } from "@wadesk/testing";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { bundleForEdge } from "./edge/bundle.ts";
import type { Guest, GuestAnswer, GuestRequest } from "./edge/guest.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";

const CALLBACK = "https://chat.example.com/webhooks/whatsapp/inbound";
const VERIFY_TOKEN = "open-sesame-at-the-edge";

let script: string;
beforeAll(async () => {
  ({ script } = await bundleForEdge('import "./journeys/edge/guest.ts";'));
});

/** The globals that a platform adds to an edge runtime. */
type Platform = Readonly<Record<string, unknown>>;

const PLATFORMS: readonly (readonly [what: string, globals: Platform])[] = [
  ["an edge runtime", {}],
  ["the edge runtime of Next.js, whose process is there and throws", { process: { env: {}, getBuiltinModule: refuse, nextTick: refuse } }],
];

// the application logs what it refuses, as it is meant to
const QUIET = { ...console, warn: () => {} };

function refuse(): never {
  throw new Error("A Node.js API is used which is not supported in the Edge Runtime");
}

/** An application in an edge runtime of its own, and a Meta that it can reach and be reached by. */
function openEdge(globals: Platform) {
  const runtime = new EdgeVM({ extend: (context) => Object.assign(context, { console: QUIET }, globals) });
  runtime.evaluate(script);
  const guest = runtime.evaluate<Guest>("guest");
  const call = async (request: GuestRequest): Promise<GuestAnswer> => JSON.parse(await guest.call(JSON.stringify(request)));
  const deliver: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    const answer = await call({ method: request.method, url: request.url, headers: [...request.headers], ...(body !== "" && { body }) });
    return new Response(answer.body, { status: answer.status, headers: answer.headers.map(([...pair]) => pair) });
  };
  const meta: FakeMeta = createFakeMeta({ fetch: deliver });
  onTestFinished(() => meta.close());
  const carry = async (text: string): Promise<string> => {
    const { url, ...request } = JSON.parse(text) as GuestRequest;
    const answer = await meta.fetch(new Request(url, { ...request, headers: request.headers.map(([...pair]) => pair) }));
    return JSON.stringify({ status: answer.status, headers: [...answer.headers], body: await answer.text() } satisfies GuestAnswer);
  };
  const app = meta.addApp();
  guest.open({ encryptionKeys: ENCRYPTION_KEYS, appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN, carry });
  return { runtime, guest, call, meta, app };
}

describe.each(PLATFORMS)("an application in %s", (_what, globals) => {
  it("has nothing of Node around it that works", () => {
    const { runtime } = openEdge(globals);
    for (const name of ["Buffer", "require", "setImmediate"]) expect(runtime.evaluate(`typeof ${name}`)).toBe("undefined");
    expect(() => runtime.evaluate('process.getBuiltinModule("node:crypto")')).toThrow();
    expect(runtime.evaluate("EdgeRuntime")).toBe("edge-runtime");
  });

  it("answers Meta's challenge, and refuses one with another token", async () => {
    const { app } = openEdge(globals);
    await app.setWebhook({ url: CALLBACK, verifyToken: VERIFY_TOKEN });
    await expect(app.setWebhook({ url: CALLBACK, verifyToken: "another" })).rejects.toThrow();
  });

  it("connects a number, sends, sees the message climb to read, and gets the reply", async () => {
    const { app, guest, meta } = openEdge(globals);
    await app.setWebhook({ url: CALLBACK, verifyToken: VERIFY_TOKEN });
    const { id: wabaId } = meta.addWaba();
    const { id: phoneNumberId } = meta.addNumber({ wabaId, verifiedName: "Acme Shop" });
    const ana = meta.addContact({ phone: "+5511999990000", name: "Ana" });
    const input = { phoneNumberId, wabaId, accessToken: meta.addToken({ appId: app.id }) };
    const connection = JSON.parse(await guest.connect(JSON.stringify(input)));
    expect(connection).toMatchObject({ label: "Acme Shop", status: { state: "connected" } });

    ana.send(phoneNumberId, { type: "text", text: { body: "Olá 🟢" } });
    await meta.settled();
    expect(JSON.parse(guest.received())).toEqual(["Olá 🟢"]);

    const request = { to: "+5511999990000", content: { kind: "text", text: "Até já" } };
    const sent = JSON.parse(await guest.send(JSON.stringify(request)));
    await meta.settled();
    expect(meta.sent.map(({ payload }) => payload.text)).toMatchObject([{ body: "Até já" }]);
    expect(await guest.statusOf(sent.id)).toBe("read");
    expect(meta.deliveries.every(({ status }) => status === 200)).toBe(true);
  });

  it("downloads and uploads files, notices a wrong byte, and fetches nothing from where it cannot look", async () => {
    const { app, guest, meta } = openEdge(globals);
    const { id: wabaId } = meta.addWaba();
    const { id: phoneNumberId } = meta.addNumber({ wabaId });
    await guest.connect(JSON.stringify({ phoneNumberId, wabaId, accessToken: meta.addToken({ appId: app.id }) }));
    const id = await guest.upload("a letter");
    const media = JSON.stringify({ id });
    expect(await guest.download(media)).toBe("a letter");
    meta.fault({ kind: "file_spoiled" });
    expect(await guest.download(media)).toBe("media_corrupt");
    expect(await guest.download(JSON.stringify({ url: "https://files.example/a" }))).toBe("media_address_refused");
  });

  it("accepts a webhook that the app's secret signed, and refuses it with a byte changed or another secret", async () => {
    const { app, call } = openEdge(globals);
    const body = '{ "object": "whatsapp_business_account", "entry": [], "note": "\\u00e9 é \\/ 🟢" }';
    const post = (sent: string, signature: string): Promise<GuestAnswer> =>
      call({ method: "POST", url: CALLBACK, body: sent, headers: [["x-hub-signature-256", signature]] });
    expect((await post(body, signMeta(body, app.secret))).status).toBe(200);
    for (const [sent, signature] of [
      [body.replace("é", "e"), signMeta(body, app.secret)],
      [body, signMeta(body, "another secret")],
    ] as const) {
      const answer = await post(sent, signature);
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, "signature_invalid"]);
    }
  });
});

describe("a bundle for a runtime without Node", () => {
  it.each(["@wadesk/core", "@wadesk/webhooks", "@wadesk/cloud-api", "@wadesk/cloud-api/inbound", "@wadesk/twilio/inbound"])(
    "of %s needs nothing of Node, not even on first use",
    async (entry) => {
      const { script: text, inputs } = await bundleForEdge(`export * from "${entry}";`);
      expect(inputs.filter((path) => path.startsWith("(disabled)"))).toEqual([]);
      expect(text.length).toBeGreaterThan(1000);
    },
  );

  it("is refused when something in it imports a module of Node's", async () => {
    await expect(bundleForEdge('export * from "@wadesk/webhooks/node"; import "node:crypto";')).rejects.toThrow(/node:crypto/);
  });
});
