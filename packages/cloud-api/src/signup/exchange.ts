import { isWadeskError, WadeskError } from "@wadesk/core";
import { readObject, type SignupContext } from "@wadesk/core/ports";
import { callGraph } from "../graph/client.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asText, type Wire } from "../wire/wire.ts";
import type { Kept } from "./kept.ts";

/** What Meta says of a code, by the subcode of its error 100; the first two stand on no page of Meta's that we could read. */
const OF_THE_CODE: Readonly<Record<number, string>> = {
  36007: "has ended: a code of the dialog lives for 30 seconds",
  36008: "was given for another return address than this one",
  36009: "was used already",
};

const AGAIN = "open the dialog once more";

/**
 * Exchanges the code of a dialog for a token. It is tried again only where the request never left: a code works once, and whether one was spent cannot be
 * asked. Rejects with `input_invalid` on `code` where the dialog must be opened again, and with `credentials_rejected` where it is the app's fault. Secret and
 * code stand in the address, as Meta wants it; nothing of ours repeats that.
 */
export async function exchangeCode(
  transport: Transport,
  code: string,
  { redirectUri }: Pick<Kept, "redirectUri">,
  context: SignupContext<CloudApiSettings>,
): Promise<string> {
  const { appId = "", appSecret, graphVersion } = await context.settings();
  const options = {
    url: transport.graphUrl,
    version: graphVersion,
    fetch: context.fetch,
    timeoutMs: transport.timeoutMs,
    retryDelayMs: transport.retryDelayMs,
  };
  let refusal: unknown;
  for (const secret of appSecret.toReversed()) {
    const query = { client_id: appId, client_secret: secret, code, ...(redirectUri !== undefined && { redirect_uri: redirectUri }) };
    try {
      const answer = await callGraph(options, {
        method: "GET",
        path: ["oauth", "access_token"],
        query,
        repeatable: "unsent",
        lost: "outcome_unknown",
        secrets: [secret, code],
        read: readToken,
      });
      const token = asText(answer.access_token);
      if (token === undefined) throw unusable("the answer to it holds no token");
      return token;
    } catch (error) {
      if (!refusesApp(error)) throw ofTheExchange(error);
      refusal = error;
    }
  }
  const detail = `Meta refuses App ID ${appId} with the App Secret that is set: copy both again from Settings → Basic of one app`;
  throw new WadeskError("credentials_rejected", { detail, ...(isWadeskError(refusal) && refusal.vendor && { vendor: refusal.vendor }) });
}

// Meta's guide for Tech Providers shows the bare token as the answer, and Facebook Login's an object
function readToken(text: string): Wire | undefined {
  const bare = /^"?(EAA\w{10,})"?$/.exec(text.trim())?.[1];
  return bare === undefined ? readObject(text) : { access_token: bare };
}

// "Error validating client secret" and "Error validating application", whose codes elsewhere mean that Meta has trouble of its own
function refusesApp(error: unknown): boolean {
  if (!isWadeskError(error)) return false;
  const { code, message = "" } = error.vendor ?? {};
  return code === 101 || (code === 1 && /client secret/i.test(message));
}

function ofTheExchange(error: unknown): unknown {
  if (!isWadeskError(error)) return error;
  const { code, subcode } = error.vendor ?? {};
  const known = subcode === undefined ? undefined : OF_THE_CODE[Number(subcode)];
  if (known !== undefined) return unusable(known, error);
  if (code === 100) return unusable("is none that Meta knows", error);
  if (error.code === "rate_limited" || error.code === "input_invalid") return error;
  // the request never left, so the code is as good as before
  if (error.code === "provider_unavailable" && code === undefined) return error;
  if (error.code === "provider_unavailable") return unusable("may be spent: Meta had trouble of its own when it was exchanged", error);
  if (code === undefined) return unusable("may be spent: no answer came when it was exchanged", error);
  return unusable(`was refused by Meta${error.vendor?.message === undefined ? "" : ` (${error.vendor.message})`}`, error);
}

function unusable(what: string, { vendor }: { readonly vendor?: WadeskError["vendor"] } = {}): WadeskError {
  const message = `${what}; ${AGAIN}`;
  return new WadeskError("input_invalid", {
    detail: `code: ${message}`,
    issues: [{ field: "code", code: "unusable", message }],
    ...(vendor && { vendor }),
  });
}
