import { type Connection, WadeskError } from "@wadesk/core";
import {
  type CheckReport,
  type ConnectionContext,
  createContentChecks,
  lazySchema,
  type OutboundMessage,
  type RequestChannel,
  refusalReport,
  type SendReceipt,
  step,
  unprintedDefaults,
} from "@wadesk/core/ports";
import { type CallContext, callParrot } from "./call-parrot.ts";
import { routeOf } from "./normalize.ts";
import { missingSettings, type ParrotOptions, type ParrotSettings, readOptions, type Transport } from "./options.ts";
import type { ParrotInput } from "./schemas.ts";
import { parrotWebhook, SPEAKER } from "./webhook.ts";

/** What is shown of a connected line. */
export interface ParrotDetails {
  readonly line: string;
  readonly name?: string;
}

/** What is sealed for it. */
export interface ParrotSecret {
  readonly apiKey: string;
}

/** The channel that `parrot()` makes. */
export type ParrotChannel = RequestChannel<"parrot", ParrotInput, ParrotDetails, ParrotSecret, ParrotSettings>;

/** Parrot's lines as a channel. Throws `configuration_invalid` on options that cannot work. */
export function parrot(options: ParrotOptions = {}): ParrotChannel {
  const { defaults, transport } = readOptions(options);
  return {
    spec: "v1",
    kind: "parrot",
    input: lazySchema(() => import("./schemas.ts").then((file) => file.inputSchema), { line: true, apiKey: true }),
    settings: unprintedDefaults<ParrotSettings>({
      schema: lazySchema(() => import("./schemas.ts").then((file) => file.settingsSchema), { signingSecret: true }),
      defaults,
      secrets: ["signingSecret"],
      missing: missingSettings,
    }),
    content: new Set(["text"]),
    sentences: { number_mismatch: "Parrot has no such line for this API key; check both in Parrot's console" },

    async connect({ line, apiKey }, context) {
      const found = await step(context, "line", () => readLine(transport, context, line, apiKey));
      const route = routeOf(line);
      await context.claim(route);
      return { ...found, route, speaker: SPEAKER, secret: { apiKey } };
    },
    // made for one call; Parrot is asked by its methods
    line: (connection, context) => ({
      send: (message) => sendText(transport, connection, message, context),
      check: () => checkLine(transport, connection, context),
      // connecting changes nothing at Parrot, so there is nothing to undo
      disconnect: async () => {},
    }),
    webhook: parrotWebhook,
  };
}

type Context = ConnectionContext<ParrotSettings, ParrotSecret>;

async function sendText(
  transport: Transport,
  { details }: Connection<ParrotDetails>,
  { content, to, id }: OutboundMessage,
  context: Context,
): Promise<SendReceipt> {
  if (content.kind !== "text" || to.phone === undefined)
    throw new WadeskError("content_unsupported", { detail: "Parrot sends texts to phones" });
  const checks = createContentChecks("Parrot");
  checks.text(content.text, "text", 1000);
  checks.done();
  const answer = await callParrot(transport, context, {
    method: "POST",
    path: ["lines", details.line, "messages"],
    apiKey: context.secret.apiKey,
    body: { to: to.phone, text: content.text, reference: id },
    lost: "outcome_unknown",
  });
  if (typeof answer.id !== "string" || answer.id === "")
    throw new WadeskError("outcome_unknown", { detail: "Parrot's answer names no message" });
  return { providerId: answer.id, acceptedAt: context.now() };
}

async function checkLine(
  transport: Transport,
  { details: { line }, epoch }: Connection<ParrotDetails>,
  context: Context,
): Promise<CheckReport<ParrotDetails>> {
  const stamp = { at: context.now(), epoch };
  try {
    const { details } = await readLine(transport, context, line, context.secret.apiKey);
    return { signals: [{ ...stamp, type: "alive" }], details };
  } catch (error) {
    return refusalReport(error, stamp);
  }
}

async function readLine(transport: Transport, context: CallContext, line: string, apiKey: string): Promise<Found> {
  const { phone, name } = await callParrot(transport, context, {
    method: "GET",
    path: ["lines", line],
    apiKey,
    // a question changes nothing, however it ends
    lost: "provider_unavailable",
  });
  return {
    ...(typeof phone === "string" && { phone }),
    details: { line, ...(typeof name === "string" && { name }) },
  };
}

interface Found {
  readonly phone?: string;
  readonly details: ParrotDetails;
}
