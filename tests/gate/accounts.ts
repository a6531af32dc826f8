/** The App Secret of the attacked application; no attacker has it. */
export const APP_SECRET = "5c2e0f7a91b34d6e8f0a1b2c3d4e5f60";

/** The account of Twilio's that it knows. */
export const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;

/** Its tokens, as during a rotation; no attacker has them. */
export const TOKENS: readonly string[] = ["1".repeat(32), "2".repeat(32), "3".repeat(32)];

/** Where webhooks go. */
export const PATH = "/webhooks/whatsapp/inbound";
