/** Why something came to nothing, by the code; what the server says where none stands here. */
export const failures = {
  texts: {
    credentials_rejected: "The credentials were rejected. Copy them again, whole.",
    token_expired: "The access token has expired or was revoked. Make a permanent System User token.",
    scope_missing: "The access token lacks a permission. Generate a new one with both WhatsApp scopes.",
    app_mismatch: "The token belongs to another Meta app. Generate it for the app in Settings.",
    number_mismatch: "The number does not belong to this account.",
    number_in_use: "This number is already connected. Disconnect and remove it where it is connected first.",
    too_many_connections: "This workspace has as many numbers on this channel as it may. Remove one first.",
    banned: "WhatsApp banned this number. Ask for a review with the provider.",
    locked: "The account is locked. Open the provider’s console and follow what it asks for.",
    rate_limited: "The provider was asked too often. Wait a few minutes, then try again.",
    too_many_checks: "Credentials were tried ten times in ten minutes. Wait, then try again.",
    provider_unavailable: "The provider could not be reached. Try again in a moment.",
    unreachable: "The server did not answer. Try again in a moment.",
    signup_not_found: "The dialog’s attempt has ended. Open it again.",
    configuration_invalid: "A setting of the platform is missing. Ask your admin.",
  } as Readonly<Record<string, string>>,
  other: "This could not be done. Try again in a moment; if it lasts, tell your admin what stands under the details.",
};
