import type { Account } from "../directory/account.ts";
import { lidJid } from "../directory/directory.ts";
import { type MexQuery, mexError } from "../limits/mex.ts";
import type { ClientSession, World } from "../server/world.ts";
import type { NewsletterState, Newsletters } from "./newsletter-state.ts";

type Work = (newsletter: NewsletterState, variables: Readonly<Record<string, unknown>>, session: ClientSession) => unknown;

/** The queries about newsletters, under the numbers that Baileys 7.0.0-rc14 knows (Types/Mex.js). */
export function newsletterQueries(world: World, newsletters: Newsletters): ReadonlyMap<string, MexQuery> {
  /** A query about one newsletter, answered under a name; what only its admins may do is refused to others. */
  const about =
    (name: string, work: Work, isForAdmins = false): MexQuery =>
    (variables, session) => {
      const { key } = (variables.input ?? {}) as { readonly key?: string };
      const newsletter = newsletters.find(String(variables.newsletter_id ?? key ?? ""));
      if (newsletter === undefined) return mexError(404, "Not Found");
      if (isForAdmins && !newsletter.admins.has(session.account)) return mexError(403, "Forbidden");
      return { [name]: work(newsletter, variables, session) ?? { id: newsletter.jid } };
    };
  const accountOf = ({ user_id: jid }: Readonly<Record<string, unknown>>): Account | undefined =>
    world.directory.find(String(jid))?.account;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return new Map<string, MexQuery>([
    [
      "8823471724422422",
      ({ input }, { account }) => {
        const { name, description } = (input ?? {}) as { readonly name?: unknown; readonly description?: unknown };
        return { xwa2_newsletter_create: metadata(newsletters.create(account, text(name), text(description)), account) };
      },
    ],
    [
      "24250201037901610",
      about(
        "xwa2_newsletter_update",
        (newsletter, { updates }, { account }) => {
          const { name, description } = updates as { readonly name?: unknown; readonly description?: unknown };
          if (typeof name === "string") newsletter.name = name;
          if (typeof description === "string") newsletter.description = description;
          return metadata(newsletter, account);
        },
        true,
      ),
    ],
    ["6563316087068696", about("xwa2_newsletter", (newsletter, _variables, { account }) => metadata(newsletter, account))],
    ["9783111038412085", about("xwa2_newsletter_subscribers", ({ followers }) => ({ subscribers: followers.size }))],
    ["24404358912487870", about("xwa2_newsletter_join_v2", ({ followers }, _variables, { account }) => void followers.add(account))],
    ["9767147403369991", about("xwa2_newsletter_leave_v2", ({ followers }, _variables, { account }) => void followers.delete(account))],
    ["29766401636284406", about("xwa2_newsletter_mute_v2", ({ muted }, _variables, { account }) => void muted.add(account))],
    ["9864994326891137", about("xwa2_newsletter_unmute_v2", ({ muted }, _variables, { account }) => void muted.delete(account))],
    ["7130823597031706", about("xwa2_newsletter_admin", ({ admins }) => ({ admin_count: admins.size }))],
    [
      "7341777602580933",
      about(
        "xwa2_newsletter_change_owner",
        (newsletter, variables) => {
          const owner = accountOf(variables);
          if (owner !== undefined) newsletter.owner = owner;
          if (owner !== undefined) newsletter.admins.add(owner);
        },
        true,
      ),
    ],
    [
      "6551828931592903",
      about(
        "xwa2_newsletter_demote",
        ({ admins }, variables) => {
          const account = accountOf(variables);
          if (account !== undefined) admins.delete(account);
        },
        true,
      ),
    ],
    ["30062808666639665", about("xwa2_newsletter_delete_v2", ({ jid }) => void newsletters.delete(jid), true)],
  ]);
}

function metadata(newsletter: NewsletterState, account: Account): object {
  const { jid, name, description, owner, admins, followers, muted, createdAt } = newsletter;
  const role = owner === account ? "OWNER" : admins.has(account) ? "ADMIN" : followers.has(account) ? "SUBSCRIBER" : "GUEST";
  return {
    id: jid,
    state: { type: "ACTIVE" },
    owner: lidJid(owner),
    thread_metadata: {
      creation_time: String(createdAt),
      name: { id: jid, text: name, update_time: String(createdAt) },
      description: { id: jid, text: description, update_time: String(createdAt) },
      invite: jid.slice(0, 12),
      subscribers_count: String(followers.size),
      verification: "UNVERIFIED",
      picture: { id: jid, type: "IMAGE", direct_path: "" },
    },
    viewer_metadata: { mute: muted.has(account) ? "ON" : "OFF", role },
  };
}
