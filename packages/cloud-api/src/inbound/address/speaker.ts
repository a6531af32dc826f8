import type { Connection } from "@wadesk/core";
import type { SpeakerContext } from "@wadesk/core/ports";
import type { CloudApiSettings } from "../../options.ts";
import { asRecord, asText } from "../../wire/wire.ts";

/**
 * The speaker of a Meta app: its App Secret signs everything that Meta sends to that app. Secrets that were configured without an App ID are all taken
 * for those of one app, which nobody has named.
 */
export function speakerOfApp(appId: string | undefined): string {
  return appId === undefined ? UNNAMED : `cloud-api:app:${appId}`;
}

const UNNAMED = "cloud-api:app";
const OWN = "cloud-api:own-app:";

/**
 * The speaker of an app that connections bring along. It is no platform's, also where both name one App ID: what is signed with one's secrets is not for the
 * other's numbers.
 */
export function speakerOfOwnApp(appId: string): string {
  return `${OWN}${appId}`;
}

/** Whether a number is reached through an app of its own. */
function isOwn(speaker: string | undefined): speaker is string {
  return speaker?.startsWith(OWN) === true;
}

/** The App ID that a speaker names; nothing for the app that nobody has named. */
function appOfSpeaker(speaker: string | undefined): string | undefined {
  return speaker?.startsWith(`${UNNAMED}:`) ? speaker.slice(UNNAMED.length + 1) : undefined;
}

/**
 * Who speaks for a number: the app through which it was connected, its own or the platform's. The rest is of the platform's. Where no App ID is configured and no secret of that app is kept, all that is signed is
 * nobody's in particular, and the number hears it: it was connected by a process that names the app. One that was connected while no App ID was configured, or before speakers were kept,
 * counts once there is one as its token's app's where a secret of that one is there, and else as the configured app's: so do the secrets that were given
 * without a name, and its own may be among them.
 */
export async function speakerOfNumber(connection: Connection, context: SpeakerContext<CloudApiSettings>): Promise<string> {
  if (isOwn(connection.speaker)) return connection.speaker;
  const settings = await context.settings();
  const own = appOfSpeaker(connection.speaker);
  if (own !== undefined && settings.appId !== undefined) return speakerOfApp(own);
  const app = appOfNumber(connection, settings);
  if (app === undefined || app === settings.appId) return speakerOfApp(app);
  const secrets = await context.platformSecrets("appSecret");
  return speakerOfApp(secrets.some(({ of }) => of === app) ? app : settings.appId);
}

/** The App ID of a number's own app, as far as it is known: the one that is kept with it, that of its token, the configured one. */
export function appOfNumber({ speaker, details }: Connection, { appId }: Pick<CloudApiSettings, "appId">): string | undefined {
  return appOfSpeaker(speaker) ?? (appId === undefined ? undefined : (asText(asRecord(details)?.appId) ?? appId));
}
