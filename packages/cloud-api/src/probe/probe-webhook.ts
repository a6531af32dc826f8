import { isWadeskError, type WadeskError } from "@wadesk/core";
import type { ProbeContext, ProbeFinding } from "@wadesk/core/ports";
import { openGraph } from "../graph/graph.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asList, asRecord, asText, type Wire } from "../wire/wire.ts";

const WHERE = "WhatsApp → Configuration of the Meta app";
/** Without it nobody's message comes in, nor what became of ours. */
const NEEDED = "messages";
/** What it is good for that a field is subscribed to, of those that tell of a number's health. */
const ADVISED: Readonly<Record<string, string>> = {
  account_update: "a ban or a restriction shows at once",
  phone_number_quality_update: "a number whose quality or limit falls is seen at once",
};

type Values = NonNullable<ProbeFinding["values"]>;

/**
 * Asks Meta what it has as the app's webhook, which is received at these paths below the handler's own. Nothing is found where no secret of the app is one that
 * Meta takes: that is another check's to say.
 */
export async function probeWebhook(
  transport: Transport,
  paths: readonly string[],
  context: ProbeContext<CloudApiSettings>,
): Promise<readonly ProbeFinding[]> {
  const subscriptions = await subscriptionsOf(transport, context);
  if (subscriptions === undefined) return [];
  const found = subscriptions.find(({ object }) => object === "whatsapp_business_account");
  const to = expectedAddress(context, transport, paths);
  if (found === undefined) {
    return [bad("webhook_missing", `the app has no webhook of WhatsApp: under ${WHERE}, set the callback URL to ${to} and verify it`, {})];
  }
  const findings = [...addressFindings(asText(found.callback_url), { publicUrl: context.publicUrl, to }, paths), ...fieldFindings(found)];
  if (found.active !== false) return findings;
  return [bad("webhook_inactive", `Meta has switched the app's webhook off: verify and save it again under ${WHERE}`, {}), ...findings];
}

// the app itself asks, with the newest secret that Meta takes
async function subscriptionsOf(transport: Transport, context: ProbeContext<CloudApiSettings>): Promise<readonly Wire[] | undefined> {
  const { appId, appSecret } = await context.settings();
  if (appId === undefined) return undefined;
  let refusal: WadeskError | undefined;
  for (const secret of appSecret.toReversed()) {
    const graph = await openGraph(transport, context, `${appId}|${secret}`);
    try {
      const { data } = await graph.get([appId, "subscriptions"]);
      return asList(data).map((each) => asRecord(each) ?? {});
    } catch (error) {
      if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
      refusal = error;
    }
  }
  // of another kind than that the secret is none
  if (refusal !== undefined && refusal.remedy !== "reconnect") throw refusal;
  return undefined;
}

function addressFindings(
  written: string | undefined,
  { publicUrl, to }: { readonly publicUrl: URL | undefined; readonly to: string },
  paths: readonly string[],
): readonly ProbeFinding[] {
  const told = written !== undefined && URL.canParse(written) ? new URL(written) : undefined;
  if (told === undefined) return [bad("callback_url_missing", `the app's webhook has no callback URL: set it to ${to} under ${WHERE}`, {})];
  // without its query and credentials, which may be the host's secrets
  const values = { callbackUrl: `${told.origin}${told.pathname}` };
  if (publicUrl !== undefined && !values.callbackUrl.startsWith(`${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}/`)) {
    const text = `Meta calls ${values.callbackUrl}, which is not this application: set the callback URL to ${to} under ${WHERE}`;
    return [bad("callback_url_elsewhere", text, { ...values, origin: publicUrl.origin })];
  }
  // what stands before the path is the host's to choose
  const path = told.pathname.replace(/\/+$/, "");
  if (!paths.some((known) => path.endsWith(known))) {
    const text = `Meta calls ${values.callbackUrl}, where no webhook is received: set the callback URL to ${to} under ${WHERE}`;
    return [bad("callback_url_unknown", text, values)];
  }
  if (publicUrl === undefined) return [];
  return [{ ok: true, code: "callback_url_ours", values, text: "Meta calls this application" }];
}

function fieldFindings({ fields }: Wire): readonly ProbeFinding[] {
  const subscribed = new Set(asList(fields).flatMap((field) => asText(field) ?? asText(asRecord(field)?.name) ?? []));
  const needed: ProbeFinding = subscribed.has(NEEDED)
    ? { ok: true, code: "field_subscribed", values: { field: NEEDED }, text: "messages and what becomes of them come in" }
    : bad("field_missing", `the app is not subscribed to the field ${NEEDED}, so no message comes in: subscribe to it under ${WHERE}`, {
        field: NEEDED,
      });
  const advised = Object.entries(ADVISED)
    .filter(([field]) => !subscribed.has(field))
    .map(([field, good]) => ({
      ok: true,
      code: "field_advised",
      values: { field },
      text: `all works without the field ${field}; once you subscribe to it under ${WHERE}, ${good}`,
    }));
  return [needed, ...advised];
}

function expectedAddress(
  { publicUrl }: ProbeContext<CloudApiSettings>,
  { webhookPath }: Transport,
  [path = ""]: readonly string[],
): string {
  const base = publicUrl === undefined ? "https://<your address>" : publicUrl.href.replace(/[?#].*$/, "").replace(/\/+$/, "");
  return `${base}${webhookPath}${path}`;
}

function bad(code: string, text: string, values: Values): ProbeFinding {
  return { ok: false, code, values, text };
}
