import { WadeskError } from "@wadesk/core";
import type { Route } from "./route-table.ts";
import { sameText } from "./verify/hmac.ts";

/**
 * Answers the GET by which Meta checks a callback URL (Meta, "Webhooks: verification requests"). Rejects with `verify_token_missing`,
 * `verify_token_invalid`, or `provider_unknown` when no channel at this path can be asked for a token. A name in the path that nobody has is answered
 * as a wrong token is.
 */
export async function answerChallenge(url: URL, { receivers, parameter }: Route): Promise<Response> {
  const challenge = url.searchParams.get("hub.challenge");
  if (url.searchParams.get("hub.mode") !== "subscribe" || challenge === null) return new Response(explanationOf(url), { status: 400 });
  const asked = receivers.filter(({ source }) => source.verifyTokens);
  if (asked.length === 0) {
    throw new WadeskError("provider_unknown", {
      detail: "Meta asks to verify this callback URL; install @wadesk/cloud-api and pass cloudApi() to createWadesk({ channels })",
    });
  }
  const named = parameter === undefined ? {} : { parameter };
  const tokens = (
    await Promise.all(asked.map(async ({ source, context }) => (await source.verifyTokens?.({ ...context, ...named })) ?? []))
  ).flat();
  const usable = tokens.filter((token) => token.trim() !== "");
  if (usable.length === 0) throw new WadeskError(parameter === undefined ? "verify_token_missing" : "verify_token_invalid");
  const sent = encoded(url.searchParams.get("hub.verify_token") ?? "");
  // every token is compared, so that the time does not tell which one came close
  const matches = usable.filter((token) => sameText(sent, encoded(token)));
  if (matches.length === 0) throw new WadeskError("verify_token_invalid");
  return new Response(challenge, { headers: { "content-type": "text/plain", "x-content-type-options": "nosniff" } });
}

// of one length, so that the length of a token does not show either
function encoded(token: string): string {
  return `${token.length}:${token}`.padEnd(256, "\0");
}

function explanationOf(url: URL): string {
  return [
    "This is a WaDesk webhook, and it is reachable.",
    `Callback URL: ${url.origin}${url.pathname}`,
    "Meta: paste it under WhatsApp > Configuration > Webhook, with your verify token; Meta then calls it to verify.",
    'Twilio: paste it as the sender\'s "Webhook URL for incoming messages", method POST.',
    "",
  ].join("\n");
}
