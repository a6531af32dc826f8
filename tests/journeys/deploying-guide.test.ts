import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Wadesk } from "@wadesk/core";
import { metaText, signMeta } from "@wadesk/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { openWorld, VERIFY_TOKEN } from "./world/open-world.ts";

const here = dirname(fileURLToPath(import.meta.url));
const guide = join(here, "../../docs/guides/deploying.md");

interface HttpEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly domainName: string; readonly http: { readonly method: string } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}
interface GuideCode {
  lambdaOf(wadesk: Wadesk): (event: HttpEvent) => Promise<{ readonly statusCode: number; readonly body: string }>;
  drainFor(wadesk: Wadesk, request: Request, secret: string): Promise<Response>;
  stopWhenTold(wadesk: Wadesk, close: () => void): void;
}

let folder: string;
let code: GuideCode;
beforeAll(async () => {
  // below this workspace, so that the packages it names are found
  folder = await mkdtemp(join(here, ".deploying-guide-"));
  const files = codeFiles(await readFile(guide, "utf8"));
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  code = Object.assign({}, ...(await Promise.all(["lambda.ts", "drain.ts", "stop.ts"].map((name) => import(join(folder, name))))));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What Lambda would hand over of a request. */
async function handedOver(request: Request, isBase64Encoded: boolean): Promise<HttpEvent> {
  const { hostname, pathname, search } = new URL(request.url);
  const bytes = Buffer.from(await request.arrayBuffer());
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: { domainName: hostname, http: { method: request.method } },
    ...(request.method !== "GET" && { body: bytes.toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded }),
  };
}

describe("the guide's function for Lambda", () => {
  const opened = async () => {
    const { wadesk, app, account } = await openWorld({ webhook: false });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    const texts: string[] = [];
    wadesk.process("message.received", ({ data }) => void texts.push(data.content.kind === "text" ? data.content.text : ""));
    const { wabaId, numberId: phoneNumberId } = account;
    const call = async (text: string, secret: string, isBase64Encoded: boolean): Promise<number> => {
      const body = JSON.stringify(metaText({ wabaId, phoneNumberId, body: text }));
      const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, secret) };
      const request = new Request("https://chat.example.com/webhooks/whatsapp/inbound", { method: "POST", body, headers });
      return (await lambda(await handedOver(request, isBase64Encoded))).statusCode;
    };
    const lambda = code.lambdaOf(wadesk);
    return { lambda, app, texts, call };
  };

  it("answers Meta's challenge, which stands in the query", async () => {
    const { lambda } = await opened();
    const url = `https://chat.example.com/webhooks/whatsapp/inbound?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${VERIFY_TOKEN}`;
    expect(await lambda(await handedOver(new Request(url), false))).toMatchObject({ statusCode: 200, body: "1158201444" });
  });

  it.each([true, false])(
    "has the handlers done before it answers, and the bytes as they were signed (base64: %s)",
    async (isBase64Encoded) => {
      const { app, texts, call } = await opened();
      expect(await call("Olá, tudo bem? 👋", app.secret, isBase64Encoded)).toBe(200);
      expect(texts).toEqual(["Olá, tudo bem? 👋"]);
    },
  );

  it("refuses what another secret signed", async () => {
    const { texts, call } = await opened();
    expect(await call("Hello", "another secret", true)).toBe(401);
    expect(texts).toEqual([]);
  });
});

it("the guide's cron route drains for whoever has the secret, and for nobody where there is none", async () => {
  const { wadesk } = await openWorld({ webhook: false });
  const asked = (secret: string, authorization?: string): Promise<Response> =>
    code.drainFor(
      wadesk,
      new Request("https://chat.example.com/api/drain", { headers: { ...(authorization && { authorization }) } }),
      secret,
    );
  expect(await (await asked("s3cret", "Bearer s3cret")).json()).toEqual({ completed: 0 });
  for (const [secret, given] of [["s3cret"], ["s3cret", "Bearer s3cre"], ["s3cret", "Bearer s3creT"], ["", "Bearer "]] as const) {
    expect((await asked(secret, given)).status).toBe(401);
  }
});

it("the guide's stop closes the door first, and stops the client when the platform asks", async () => {
  const { wadesk } = await openWorld({ webhook: false });
  const order: string[] = [];
  const stopped = Promise.withResolvers<void>();
  const watched = Object.assign(Object.create(wadesk) as Wadesk, {
    stop: async () => {
      order.push("stop");
      await wadesk.stop();
      stopped.resolve();
    },
  });
  const before = process.rawListeners("SIGTERM");
  onTestFinished(() => {
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      for (const each of process.rawListeners(signal)) if (!before.includes(each)) process.off(signal, each as () => void);
  });
  code.stopWhenTold(watched, () => void order.push("close"));
  process.emit("SIGTERM");
  await stopped.promise;
  expect(order).toEqual(["close", "stop"]);
});
