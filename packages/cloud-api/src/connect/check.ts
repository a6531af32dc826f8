import { type CheckReport, type Connection, type ConnectionContext, isFailedReason, isWadeskError, type Signal } from "@wadesk/core";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import { type Graph, openGraph } from "../graph/graph.ts";
import { appOfNumber, speakerOfApp } from "../inbound/address/speaker.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { readNumber } from "./number-details.ts";
import { checkToken } from "./token.ts";
import { warningsOf } from "./warnings.ts";

// the reason of a restriction that this check found, so that it is this check that lifts it
const RESTRICTED = "number_restricted";

/** Asks Meta about the token and the number. A refusal is a signal; an unreachable Meta rejects. */
export async function checkNumber(
  transport: Transport,
  connection: Connection<CloudApiDetails>,
  context: ConnectionContext<CloudApiSettings, CloudApiSecret>,
): Promise<CheckReport<CloudApiDetails>> {
  const graph = await openGraph(transport, context, context.secret.accessToken);
  const stamp = { at: context.now(), epoch: connection.epoch };
  try {
    // its own app, which need not be the one that is configured since
    const app = appOfNumber(connection, graph.settings);
    const details = await freshDetails(graph, connection.details, app);
    return {
      signals: signalsOf(details, connection, stamp),
      details,
      // that of another app than the configured one is not: the secret that is its own may be among those that count for the configured one
      ...(app !== undefined && app === graph.settings.appId && { speaker: speakerOfApp(app) }),
      warnings: warningsOf(details, graph.settings),
    };
  } catch (error) {
    if (!isWadeskError(error) || !isFailedReason(error.code)) throw error;
    return { signals: [{ ...stamp, type: "failed", code: error.code }] };
  }
}

async function freshDetails(graph: Graph, known: CloudApiDetails, app: string | undefined): Promise<CloudApiDetails> {
  const token = await checkToken(graph, known.wabaId, app);
  const number = await readNumber(graph, known.phoneNumberId);
  const { phoneNumberId, wabaId, businessId } = known;
  return {
    phoneNumberId,
    wabaId,
    ...(businessId !== undefined && { businessId }),
    ...(token.appId !== undefined && { appId: token.appId }),
    ...number,
    ...(token.expiresAt !== undefined && { tokenExpiresAt: token.expiresAt }),
  };
}

function signalsOf(
  { status }: CloudApiDetails,
  connection: Connection<CloudApiDetails>,
  stamp: { readonly at: number; readonly epoch: number },
): readonly Signal[] {
  if (status === "BANNED") return [{ ...stamp, type: "failed", code: "banned" }];
  const alive: Signal = { ...stamp, type: "alive" };
  if (status === "RESTRICTED") return [alive, { ...stamp, type: "restricted", reason: RESTRICTED }];
  return connection.status.restriction?.reason === RESTRICTED ? [alive, { ...stamp, type: "unrestricted" }] : [alive];
}
