import { memoryStorage } from "@wadesk/core";
import { type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { onTestFinished } from "vitest";
import type { BridgeCalls, BridgedNumber, CallName, LinkCall, LinkLine } from "../bridge-protocol/messages/calls.ts";
import { callPath } from "../bridge-protocol/messages/calls.ts";
import { readReport } from "../bridge-protocol/messages/read-report.ts";
import type { ReportedEvent } from "../bridge-protocol/messages/reports.ts";
import { HEADERS, signRequest } from "../bridge-protocol/signing/sign-request.ts";
import { verifyBody, verifyHead } from "../bridge-protocol/signing/verify-request.ts";
import { type Bridge, createBridge } from "../bridge/create-bridge.ts";

/** The secret of both sides. */
export const SECRET = "correct horse battery staple, 32+";
/** The number of the shop's phone. */
export const SHOP = "+15550001111";
/** Its route in the workspace "acme". */
export const ROUTE = "unofficial:acme:15550001111";
const KEYS = `k1:${Buffer.alloc(32, 7).toString("base64url")}`;

/** A bridge, the phones that it links, and an app that takes or refuses its reports. */
export interface BridgeWorld {
  readonly bridge: Bridge;
  readonly time: ManualClock;
  readonly web: WhatsAppWeb;
  readonly shop: Phone;
  readonly ana: Phone;
  readonly lines: LogLine[];
  /** What the app was told, newest last. */
  readonly events: ReportedEvent[];
  readonly numbers: BridgedNumber[];
  /** How many reports it was brought, taken or not. */
  reports(): number;
  /** What it answers from now on; 200 at first, nothing at all for `away`, and as a page does that takes anything for `page`. */
  answer(status: number | "away" | "page"): void;
  /** Signs a request as the app does and hands it over. */
  request(path: string, body: unknown, id?: string): Promise<Response>;
  /** One call and what it answered. */
  call<Name extends CallName>(name: Name, given: BridgeCalls[Name]["given"], id?: string): Promise<BridgeCalls[Name]["answer"]>;
  /** Links the shop's phone by QR, as a person would. */
  link(call?: Partial<LinkCall>): Promise<readonly LinkLine[]>;
}

/** Opens one at a time in milliseconds since the epoch; it is stopped when the test has finished. */
export async function openBridge(startAt?: number): Promise<BridgeWorld> {
  const time = manualClock(startAt);
  const web = await createWhatsAppWeb({ clock: time.clock });
  const shop = web.addPhone({ number: SHOP.slice(1), name: "Shop" });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const { log, lines } = recordingLogger();
  const events: ReportedEvent[] = [];
  const numbers: BridgedNumber[] = [];
  let answer: number | "away" | "page" = 200;
  let reports = 0;
  let ids = 0;
  const nextId = (): string => {
    ids += 1;
    return `call_${ids}`;
  };
  const app: typeof fetch = async (input, init) => {
    reports += 1;
    if (answer === "away") throw new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) });
    if (answer === "page") return new Response("<html>Welcome</html>");
    const request = new Request(input, init);
    const head = { method: request.method, url: new URL(request.url), headers: request.headers };
    const verdict = await verifyHead(head, { direction: "report", secretsOf: () => [SECRET], now: time.now() });
    const body = new Uint8Array(await request.arrayBuffer());
    if ("refused" in verdict || (await verifyBody(verdict.verified, body)) !== undefined) return new Response("", { status: 401 });
    if (answer !== 200) return Response.json({ error: { code: "said", message: "the app says no" } }, { status: answer });
    const report = readReport(body);
    if ("events" in report) events.push(...report.events);
    else numbers.push(...report.numbers);
    return new Response(null, { status: 204, headers: { [HEADERS.version]: "1" } });
  };
  const bridge = createBridge({
    app: "https://chat.example.com",
    secrets: SECRET,
    storage: memoryStorage({ now: time.now }),
    encryptionKeys: KEYS,
    whatsapp: { webSocketUrl: web.url, messagesPerMinute: 1000, newChatsPerDay: 1000 },
    fetch: app,
    clock: time.clock,
    log,
    random: () => 0,
  });
  await bridge.start();
  onTestFinished(async () => {
    await bridge.stop({ withinMs: 1 });
    await web.close();
  });
  const request = async (path: string, body: unknown, id = nextId()): Promise<Response> => {
    const url = new URL(path, "http://127.0.0.1:8888");
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    const unsigned = { direction: "call", method: "POST", url, bridge: "default", body: bytes } as const;
    const headers = await signRequest(unsigned, { secrets: [SECRET], id, at: time.now() });
    return bridge.handle(new Request(url, { method: "POST", headers, body: bytes }));
  };
  return {
    bridge,
    time,
    web,
    shop,
    ana,
    lines,
    events,
    numbers,
    reports: () => reports,
    answer(status) {
      answer = status;
    },
    request,
    async call(name, given, id) {
      const response = await request(callPath(name), given, id);
      const said: unknown = await response.json();
      if (response.status !== 200) throw Object.assign(new Error(JSON.stringify(said)), { said, status: response.status });
      return said as never;
    },
    async link(call) {
      const response = await request(callPath("link"), { workspaceId: "acme", phone: SHOP, ...call });
      const lines: LinkLine[] = [];
      for await (const line of linesOf(response)) {
        lines.push(line);
        if ("step" in line && line.step.type === "qr") await shop.scan(line.step.text);
      }
      return lines;
    },
  };
}

/** The lines of an answer, as they come. */
async function* linesOf(response: Response): AsyncGenerator<LinkLine, void> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as LinkLine;
  }
}
