import { SERVER_JID } from "../directory/jid.ts";
import type { Connection } from "../wire/connection.ts";
import { type BinaryNode, childrenOf, node } from "../wire/node.ts";
import { nodeText } from "../wire/node-text.ts";
import { lastStanza } from "./client-end.ts";
import { type Answer, type Request, type Room, refuse } from "./room.ts";
import type { ClientSession, World } from "./world.ts";

/** Hands each stanza of a client to the room that knows it. What no room knows is a complaint, and refused. */
export type Router = (connection: Connection, stanza: BinaryNode) => Promise<void>;

// what a client says by the way before it has logged in
const GUEST_STANZAS: readonly string[] = ["ack", "ib", "presence"];

/** Joins the rooms. Throws when two answer the same. */
export function router(world: World, rooms: readonly Room[]): Router {
  const requests = joined(rooms.map((room) => room.requests));
  const guestRequests = joined(rooms.map((room) => room.guestRequests));
  const stanzas = joined(rooms.map((room) => room.stanzas));

  const answer = async (iq: BinaryNode, connection: Connection, session: ClientSession | undefined): Promise<void> => {
    const { kind, child } = kindOf(iq);
    if (world.faults.take(["request_unanswered"], kind) !== undefined) return;
    const afterwards: (() => void | Promise<void>)[] = [];
    const request: Request = { kind, iq, child, connection, after: (work) => void afterwards.push(work) };
    const fault = world.faults.take(["request_refused"], kind);
    const result = fault ? refuse(fault.code, fault.text ?? "refused") : await handle(request, session);
    connection.send(response(iq, result));
    for (const work of afterwards) await work();
  };

  const handle = (request: Request, session: ClientSession | undefined): Answer | Promise<Answer> => {
    const guest = guestRequests.get(request.kind);
    if (guest !== undefined) return guest(request);
    const known = requests.get(request.kind);
    if (known !== undefined && session !== undefined) return known(request, session);
    const why = known === undefined ? "an unknown request" : "a request before its login";
    world.complaints.add(`${why}, ${request.kind}:\n${nodeText(request.iq, "  ")}`);
    return refuse(501, "feature-not-implemented");
  };

  /** A request is known by its first child that some room answers, wherever it stands; else by its first. */
  const kindOf = (iq: BinaryNode): Pick<Request, "kind" | "child"> => {
    const kinds = childrenOf(iq).map((child) => ({ kind: requestKind(iq, child), child }));
    const known = kinds.find(({ kind }) => requests.has(kind) || guestRequests.has(kind));
    return known ?? kinds[0] ?? { kind: requestKind(iq, undefined), child: undefined };
  };

  return async (connection, stanza) => {
    const session = world.sessions.get(connection);
    const known = stanzas.get(stanza.tag);
    const end = world.faults.take(["client_ended"], stanza.tag === "iq" ? kindOf(stanza).kind : stanza.tag);
    if (end !== undefined) {
      connection.send(lastStanza(end.how));
      connection.close();
    } else if (stanza.tag === "iq" && stanza.attrs.type !== "result" && stanza.attrs.type !== "error")
      await answer(stanza, connection, session);
    else if (session === undefined && GUEST_STANZAS.includes(stanza.tag)) return;
    else if (known !== undefined && session !== undefined) await known(stanza, session);
    else world.complaints.add(`an unknown stanza:\n${nodeText(stanza, "  ")}`);
    world.changes.happened();
  };
}

function requestKind({ attrs: { xmlns = "", type = "" } }: BinaryNode, child: BinaryNode | undefined): string {
  return `${xmlns}:${type}:${child?.tag ?? ""}`;
}

function response({ attrs: { id } }: BinaryNode, answer: Answer): BinaryNode {
  const attributes = { from: SERVER_JID, id };
  if (answer !== undefined && "refused" in answer) {
    return node("iq", { ...attributes, type: "error" }, [node("error", answer.refused)]);
  }
  return node("iq", { ...attributes, type: "result" }, answer);
}

function joined<Handler>(tables: readonly (Readonly<Record<string, Handler>> | undefined)[]): ReadonlyMap<string, Handler> {
  const all = new Map<string, Handler>();
  for (const [kind, handler] of tables.flatMap((table) => Object.entries(table ?? {}))) {
    if (all.has(kind)) throw new Error(`two rooms answer ${kind}`);
    all.set(kind, handler);
  }
  return all;
}
