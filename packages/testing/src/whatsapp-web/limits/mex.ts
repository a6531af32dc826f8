import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { SERVER_JID } from "../directory/jid.ts";
import { type Answer, type Room, refuse } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { node, textOf } from "../wire/node.ts";

/** Answers a query: the data under the names of its fields, or a refusal as GraphQL has it. */
export type MexQuery = (
  variables: Readonly<Record<string, unknown>>,
  session: ClientSession,
) => Readonly<Record<string, unknown>> | MexError;

/** What WhatsApp's GraphQL answers instead of data. */
export interface MexError {
  readonly error: { readonly code: number; readonly message: string };
}

/** Queries in JSON inside a stanza, each under a number of WhatsApp's. */
export interface Mex extends Room {
  /** Answers queries by their numbers. */
  readonly queries: Map<string, MexQuery>;
  /** Tells every client of an account of something under an operation's name. */
  notify(account: Account, operation: string, data: Readonly<Record<string, unknown>>): void;
}

/** The room of `w:mex`. What no room has put into `queries` is a complaint. */
export function mex(world: World): Mex {
  const queries = new Map<string, MexQuery>();
  return {
    queries,
    notify: (account, operation, data) => {
      for (const device of linkedDevices(account)) {
        const attributes = { from: SERVER_JID, type: "mex", id: world.nextId(), t: world.seconds() };
        const update = node("update", { op_name: operation }, Buffer.from(JSON.stringify({ data })));
        device.mailbox.post(node("notification", attributes, [update]));
      }
    },
    requests: {
      "w:mex:get:query": ({ child }, session): Answer => {
        const number = child?.attrs.query_id ?? "";
        const query = queries.get(number);
        if (query === undefined) {
          world.complaints.add(`w:mex asks for ${number}, which the server does not know: ${textOf(child)}`);
          return refuse(400, "bad-request");
        }
        const variables = variablesOf(textOf(child));
        if (variables === undefined) return refuse(400, "bad-request");
        return [node("result", {}, Buffer.from(JSON.stringify(answerOf(query(variables, session)))))];
      },
    },
  };
}

/** A refusal as GraphQL has it, with the code that a client hands on. */
export function mexError(code: number, message: string): MexError {
  return { error: { code, message } };
}

function answerOf(answer: ReturnType<MexQuery>): object {
  if (!isMexError(answer)) return { data: answer };
  const { code, message } = answer.error;
  return { data: null, errors: [{ message, extensions: { error_code: code } }] };
}

function isMexError(answer: ReturnType<MexQuery>): answer is MexError {
  return typeof answer.error === "object" && answer.error !== null && "message" in answer.error;
}

function variablesOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const { variables } = JSON.parse(text) as { readonly variables?: unknown };
    return typeof variables === "object" && variables !== null ? (variables as Readonly<Record<string, unknown>>) : {};
  } catch {
    return undefined;
  }
}
