import { randomInt } from "node:crypto";
import type { Delivery } from "../delivery/delivery.ts";
import { linkedDevices } from "../delivery/send-from.ts";
import type { Mex } from "../limits/mex.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, bytesOf, childOf, node } from "../wire/node.ts";
import { newsletterQueries } from "./newsletter-queries.ts";
import type { NewsletterMessage, NewsletterState, Newsletters } from "./newsletter-state.ts";

const LIVE_SECONDS = 300;

/** The room of newsletters, as far as Baileys 7.0.0-rc14 can ask for them. */
export function newsletters(world: World, mex: Mex, delivery: Delivery): Newsletters {
  const all = new Map<string, NewsletterState>();
  const find: Newsletters["find"] = (jid) => all.get(jid ?? "");
  const post: Newsletters["post"] = (newsletter, { id, content, type }) => {
    const message = {
      id,
      content,
      type,
      serverId: newsletter.messages.length + 1,
      at: world.seconds(),
      reactions: new Map<string, string>(),
    };
    newsletter.messages.push(message);
    for (const device of [...newsletter.followers].flatMap(linkedDevices)) {
      device.mailbox.post(node("message", { from: newsletter.jid, ...attributesOf(message) }, [node("plaintext", {}, content)]));
    }
    world.changes.happened();
    return message;
  };
  const room: Newsletters = {
    find,
    post,
    create: (owner, name, description = "") => {
      const jid = `120363${String(randomInt(1e12)).padStart(12, "0")}@newsletter`;
      const state: NewsletterState = {
        jid,
        name,
        description,
        owner,
        admins: new Set([owner]),
        followers: new Set([owner]),
        muted: new Set(),
        createdAt: world.seconds(),
        messages: [],
      };
      all.set(jid, state);
      return state;
    },
    delete: (jid) => void all.delete(jid),
    requests: {
      "newsletter:get:message_updates": ({ iq, child }) => {
        const newest = (find(iq.attrs.to)?.messages ?? []).slice(-Number(child?.attrs.count ?? 50));
        const messages = newest.map((message) =>
          node("message", attributesOf(message), [node("plaintext", {}, message.content), reactionsNode(message)]),
        );
        return [node("message_updates", { jid: iq.attrs.to, t: world.seconds() }, [node("messages", {}, messages)])];
      },
      "newsletter:set:live_updates": () => [node("live_updates", { duration: LIVE_SECONDS })],
    },
  };
  for (const [number, query] of newsletterQueries(world, room)) mex.queries.set(number, query);
  delivery.destinations.set("newsletter", {
    exists: (jid) => find(jid) !== undefined,
    isPlain: true,
    refusal: ({ attrs: { to, type } }, { account }) => {
      const newsletter = find(to);
      if (newsletter === undefined) return 404;
      return type === "reaction" || newsletter.admins.has(account) ? undefined : 403;
    },
    deliver: (stanza, { account }) => {
      const newsletter = find(stanza.attrs.to);
      if (newsletter === undefined) return;
      const { id = "", type = "", server_id: serverId } = stanza.attrs;
      if (type !== "reaction") {
        post(newsletter, { id, type, content: bytesOf(childOf(stanza, "plaintext")) });
        return;
      }
      const reactions = newsletter.messages.find((message) => String(message.serverId) === serverId)?.reactions;
      const { code } = childOf(stanza, "reaction")?.attrs ?? {};
      if (code === undefined) reactions?.delete(account.number);
      else reactions?.set(account.number, code);
      world.changes.happened();
    },
  });
  return room;
}

function attributesOf({ id, serverId, at, type }: NewsletterMessage): Readonly<Record<string, string>> {
  return { id, server_id: String(serverId), t: String(at), type };
}

function reactionsNode({ reactions }: NewsletterMessage): BinaryNode | undefined {
  if (reactions.size === 0) return undefined;
  const counts = new Map<string, number>();
  for (const code of reactions.values()) counts.set(code, (counts.get(code) ?? 0) + 1);
  return node(
    "reactions",
    {},
    [...counts].map(([code, count]) => node("reaction", { code, count })),
  );
}
