import type { Connection } from "@wadesk/core";
import type { CloudApiSettings } from "../../options.ts";
import { asRecord, asText } from "../wire.ts";

/**
 * The speaker of a Meta app: its App Secret signs everything that Meta sends to that app. Secrets that were configured without an App ID are all taken
 * for those of one app, which nobody has named.
 */
export function speakerOfApp(appId: string | undefined): string {
  return appId === undefined ? UNNAMED : `cloud-api:app:${appId}`;
}

const UNNAMED = "cloud-api:app";

/** The App ID that a speaker names; nothing for the app that nobody has named. */
export function appOfSpeaker(speaker: string | undefined): string | undefined {
  return speaker?.startsWith(`${UNNAMED}:`) ? speaker.slice(UNNAMED.length + 1) : undefined;
}

/**
 * Who speaks for a number: the app through which it was connected. One that was connected while no App ID was configured, or before speakers were kept,
 * counts once there is one as its token's app's; where Meta did not tell that either, as the configured app's.
 */
export async function speakerOfNumber({ speaker, details }: Connection, settings: () => Promise<CloudApiSettings>): Promise<string> {
  if (speaker !== undefined && speaker !== UNNAMED) return speaker;
  const { appId } = await settings();
  return speakerOfApp(appId === undefined ? undefined : (asText(asRecord(details)?.appId) ?? appId));
}
