import type { BinaryNode, Socket } from "../baileys/baileys.ts";

/** What of a client they take. */
export type Asking = Pick<Socket, "query" | "serverProps" | "fetchBlocklist" | "fetchPrivacySettings">;

/** The properties that Baileys goes by, under their codes and names. Source: `fetchProps` of Baileys 7.0.0-rc14. */
const PROPS = {
  privacyTokenOn1to1: ["10518", "privacy_token_sending_on_all_1_on_1_messages"],
  profilePicPrivacyToken: ["9666", "profile_scraping_privacy_token_in_photo_iq"],
  lidTrustedTokenIssueToLid: ["14303", "lid_trusted_token_issue_to_lid"],
} as const satisfies Record<keyof Asking["serverProps"], readonly string[]>;

/**
 * Asks what WhatsApp Web asks after each login: its properties, whom the account has blocked, and what it shows to whom. Baileys asks at the login itself
 * (`fireInitQueries`); here whoever calls says when. A question that is not answered changes nothing.
 */
export async function askAfterLogin(socket: Asking): Promise<void> {
  await Promise.allSettled([learnProps(socket), socket.fetchBlocklist(), socket.fetchPrivacySettings()]);
}

// without a hash of those it had: each client begins with none
async function learnProps({ query, serverProps }: Asking): Promise<void> {
  const answer: BinaryNode = await query({
    tag: "iq",
    attrs: { to: "s.whatsapp.net", xmlns: "abt", type: "get" },
    content: [{ tag: "props", attrs: { protocol: "1" } }],
  });
  const [props] = nodesIn(answer);
  const values = new Map(nodesIn(props).map(({ attrs }) => [attrs.name ?? attrs.config_code, attrs.value ?? attrs.config_value]));
  for (const prop of Object.keys(PROPS) as (keyof typeof PROPS)[]) {
    const [code, name] = PROPS[prop];
    const value = values.get(code) ?? values.get(name);
    if (value !== undefined) serverProps[prop] = value === "true" || value === "1";
  }
}

function nodesIn(node: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}
