import { WadeskError } from "@wadesk/core";
import type { InboundEvent, RawRequest, ReportedStanding, WebhookScheme, WebhookSource } from "@wadesk/core/ports";
import { readReport } from "../bridge-protocol/messages/read-report.ts";
import type { BridgeReport } from "../bridge-protocol/messages/reports.ts";
import { PROTOCOL_VERSION } from "../bridge-protocol/signing/canonical-text.ts";
import { HEADERS } from "../bridge-protocol/signing/sign-request.ts";
import { TOLERANCE_MS, verifyBody, verifyHead } from "../bridge-protocol/signing/verify-request.ts";
import type { BridgedSettings } from "./bridged-options.ts";
import { healthOf } from "./health-of.ts";
import { speakerOf } from "./speaker-of.ts";

/** How a bridge signs: its name stands in a header, and picks the secret. */
const scheme: WebhookScheme = {
  perAccount: true,
  detect: ({ headers }) => headers.has(HEADERS.bridge) && headers.has(HEADERS.signature),
  account: bridgeIn,
  // by its head alone: the time is not known here
  verify: async () => false,
  read: (raw, now) => ({ account: bridgeIn(raw), verify: (secret) => isSignedBy(raw, secret, now) }),
};

function bridgeIn({ headers }: Pick<RawRequest, "headers">): string | undefined {
  return headers.get(HEADERS.bridge) ?? undefined;
}

async function isSignedBy(raw: RawRequest, secret: string, now: number): Promise<boolean> {
  const verdict = await verifyHead(raw, { direction: "report", secretsOf: () => [secret], now });
  const refused = "refused" in verdict ? verdict.refused : await verifyBody(verdict.verified, raw.body);
  if (refused === undefined) return true;
  if (refused.code === "signature_invalid" || refused.code === "body_changed") return false;
  throw new WadeskError("signature_invalid", { detail: refused.message });
}

// a request is read for its events and for its standings
const read = new WeakMap<RawRequest, BridgeReport>();

function reportIn(raw: RawRequest): BridgeReport {
  const known = read.get(raw) ?? readReport(raw.body);
  read.set(raw, known);
  return known;
}

/** Where bridges report: `/webhooks/wadesk-bridge`. */
export const bridgedWebhook: WebhookSource<BridgedSettings> = {
  paths: ["/wadesk-bridge"],
  scheme,
  async secretsFor(bridge, context) {
    const { bridges } = await context.settings();
    const found = bridge !== undefined && Object.hasOwn(bridges, bridge) ? bridges[bridge] : undefined;
    return found === undefined || bridge === undefined ? [] : found.secrets.map((secret) => ({ secret, speaker: speakerOf(bridge) }));
  },
  normalize(raw): readonly InboundEvent[] {
    const report = reportIn(raw);
    return "events" in report ? (report.events as readonly InboundEvent[]) : [];
  },
  standings(raw, bridge, now): readonly ReportedStanding[] {
    const report = reportIn(raw);
    if ("events" in report) return [];
    return report.numbers.map((number) => ({
      route: number.route,
      health: healthOf(number, now),
      details: { ...number.details, bridge },
      ...(number.facts !== undefined && { facts: number.facts }),
      warnings: number.warnings,
    }));
  },
  // as long as it could be signed, and a little more, since clocks of processes differ
  toldOnce: ({ headers }) => ({ id: headers.get(HEADERS.id) ?? "", forMs: 3 * TOLERANCE_MS }),
  strays: async (strays, raw, bridge, context) => {
    if (bridge === undefined) return;
    const { tellStrays } = await import("./bridged-late.ts");
    await tellStrays(strays, reportIn(raw), bridge, context);
  },
  // by its header a bridge knows an app from a page that answers anything
  acknowledge: () => new Response(null, { status: 204, headers: { [HEADERS.version]: String(PROTOCOL_VERSION) } }),
};
