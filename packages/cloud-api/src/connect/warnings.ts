import type { CloudApiDetails } from "../details.ts";

/** What the person should know though the connection works. */
export function warningsOf(details: CloudApiDetails): readonly string[] {
  const { tokenExpiresAt, status, platformType, nameStatus, qualityRating } = details;
  const warnings: string[] = [];
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
