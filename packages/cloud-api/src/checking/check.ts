import type { Connection } from "@wadesk/core";
import { type CheckReport, type ConnectionContext, refusalReport, type Signal } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { type Graph, openGraph } from "../graph/graph.ts";
import { appOfNumber, speakerOfApp } from "../inbound/address/speaker.ts";
import { SCHEDULED_FOR_DISABLE } from "../inbound/fields/health.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { subscriptionWarnings } from "./app-fields.ts";
import { factsOf } from "../connect/facts.ts";
import { healthWarnings, type NumberHealth, readHealth } from "./health.ts";
import { refusedSecrets } from "../connect/own-app.ts";
import { readNumber } from "../connect/number-details.ts";
import { checkToken, type TokenTerms } from "../connect/token.ts";
import { ownAppWarnings, warningsOf } from "../connect/warnings.ts";

// the reason of a restriction that this check found itself
const RESTRICTED = "number_restricted";

/** Asks Meta about the token and the number. A refusal is a signal; an unreachable Meta rejects. */
export async function checkNumber(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  context: ConnectionContext<CloudApiSettings, CloudApiSecret>,
): Promise<CheckReport<CloudApiDetails>> {
  const { app: own, accessToken } = context.secret;
  const graph = (await openGraph(transport, context, accessToken, own)).of(connection.details.wabaId);
  const stamp = { at: context.now(), epoch: connection.epoch };
  try {
    // its own app, which need not be the one that is configured since
    const app = own?.id ?? appOfNumber(connection, graph.settings);
    const details = await freshDetails(graph, connection.details, { wanted: app, now: stamp.at });
    const refused = own === undefined ? 0 : (await refusedSecrets(graph, own)).length;
    const health = await readHealth(graph, connection.details.phoneNumberId);
    const stays = standsStill(connection, health);
    const subscribed = await subscriptionWarnings(graph, connection.details.wabaId, app ?? details.appId);
    return {
      signals: signalsOf(details, connection, stamp, stays),
      details,
      facts: factsOf(details),
      // that of another app than the configured one is not: the secret that is its own may be among those that count for the configured one
      ...(own === undefined && app !== undefined && app === graph.settings.appId && { speaker: speakerOfApp(app) }),
      warnings: [
        ...ownAppWarnings(own?.id, refused),
        ...warningsOf(details, graph.settings),
        ...healthWarnings(health, context.publicUrl),
        ...subscribed,
      ],
    };
  } catch (error) {
    return refusalReport(error, stamp);
  }
}

// whether a restriction that a webhook told of is still in force, as far as Meta can be asked
function standsStill({ status }: Connection<CloudApiDetails>, health: NumberHealth | undefined): boolean {
  const reason = status.restriction?.reason;
  if (reason === undefined || reason === RESTRICTED) return false;
  // what cannot be asked for stays
  return reason === SCHEDULED_FOR_DISABLE || (health?.limited ?? true);
}

async function freshDetails(graph: Graph, known: CloudApiDetails, held: TokenTerms): Promise<CloudApiDetails> {
  const token = await checkToken(graph, known.wabaId, held);
  const number = await readNumber(graph, known.phoneNumberId);
  const { phoneNumberId, wabaId, businessId, ownApp, callbackUrl } = known;
  return {
    phoneNumberId,
    wabaId,
    ...(businessId !== undefined && { businessId }),
    ...(token.appId !== undefined && { appId: token.appId }),
    ...(ownApp && { ownApp }),
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...number,
    ...(token.expiresAt !== undefined && { tokenExpiresAt: token.expiresAt }),
  };
}

function signalsOf(
  { status }: CloudApiDetails,
  connection: Connection<CloudApiDetails>,
  stamp: { readonly at: number; readonly epoch: number },
  stays: boolean,
): readonly Signal[] {
  if (status === "BANNED") return [{ ...stamp, type: "failed", code: "banned" }];
  const alive: Signal = { ...stamp, type: "alive" };
  const { restriction } = connection.status;
  const own = restriction === undefined || restriction.reason === RESTRICTED;
  if (status === "RESTRICTED") {
    // a webhook says more of a restriction than the number does: what is restricted, and until when
    const told = !own && (restriction.until === undefined || restriction.until > stamp.at);
    return told ? [alive] : [alive, { ...stamp, type: "restricted", reason: RESTRICTED }];
  }
  // no webhook may have come when it ended: what Meta no longer says is over
  return restriction !== undefined && !stays ? [alive, { ...stamp, type: "unrestricted" }] : [alive];
}
