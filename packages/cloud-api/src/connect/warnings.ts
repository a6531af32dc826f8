import type { CloudApiDetails } from "../details.ts";
import type { CloudApiSettings } from "../options.ts";

/** What the person should know though the connection works. */
export function warningsOf(details: CloudApiDetails, settings: Pick<CloudApiSettings, "appId" | "appSecret">): readonly string[] {
  const { tokenExpiresAt, status, platformType, nameStatus, qualityRating } = details;
  const warnings: string[] = [...appWarnings(details, settings)];
  if (tokenExpiresAt !== undefined) {
    const day = new Date(tokenExpiresAt).toISOString().replace("T", " ").slice(0, 16);
    warnings.push(
      `The access token expires on ${day} UTC, and sending stops then: reconnect with a System User token, which does not expire.`,
    );
  }
  if (platformType === "NOT_APPLICABLE" || status === "DISCONNECTED" || status === "UNVERIFIED") {
    warnings.push("The number is not registered with the Cloud API yet: register it in WhatsApp Manager, or sending is refused.");
  }
  if (platformType === "ON_PREMISE") warnings.push("The number is still on the On-Premises API: migrate it to the Cloud API to send.");
  if (nameStatus === "DECLINED" || nameStatus === "EXPIRED") {
    warnings.push("Meta did not accept the number's display name: change it in WhatsApp Manager.");
  }
  if (qualityRating === "RED")
    warnings.push("Meta rates the number's quality as low: recipients block or report it, and its limit may be lowered.");
  return warnings;
}

// what the number's app signs is heard only where that app is configured, and nobody would notice what does not come in
function appWarnings({ appId }: CloudApiDetails, settings: Pick<CloudApiSettings, "appId" | "appSecret">): readonly string[] {
  const app = appId === undefined ? "the token's Meta app" : `Meta app ${appId}`;
  if (settings.appId !== undefined && appId !== undefined && appId !== settings.appId) {
    return [
      `The number is connected through ${app}, and app ${settings.appId} is configured since: reconnect it with a token of that one. What comes in is heard as long as the former App Secret is kept.`,
    ];
  }
  if (settings.appSecret.length === 0) {
    return [`The App Secret of ${app} is not configured, so nothing comes in on this number: add it (Settings → Basic of the app).`];
  }
  if (settings.appId !== undefined) return [];
  return [
    `No App ID is configured, so nothing comes in on this number unless the App Secret is that of ${app}: set the App ID of that secret.`,
  ];
}
