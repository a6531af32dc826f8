import type { LinkedClient } from "../phones/linked-client.ts";
import type { Phone } from "../phones/phone.ts";
import type { WhatsAppWebFault } from "../server/faults.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";

/** An act: the parts of its path and what was sent along. */
export interface ControlCall {
  readonly path: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What acts are done with. */
export interface ControlRooms {
  readonly web: WhatsAppWeb;
  readonly known: Map<string, Phone>;
  readonly complaints: () => readonly string[];
}

const NEVER: readonly string[] = ["constructor", "answer", "toString", "valueOf"];

/**
 * Does what a request asks for, and answers what is sent back:
 * - `/phones` with a person adds one; `/phones/<number>/<act>` with `args` does what the phone's method of that name does, `/phones/<number>` tells of it;
 * - `/phones/<number>/clients/<id>/<act>` does what the linked client's method does;
 * - `/fault` with a fault, `/props` with `code` and `value`, `/refresh-qr` with `qr` and `child`;
 * - `/complaints` answers them and forgets them, `/transcript` the newest stanzas.
 *
 * Bytes are written and sent as `{ "$bytes": "<base64>" }`. Throws with a sentence for what there is not.
 */
export async function runControl({ web, known, complaints }: ControlRooms, { path, body }: ControlCall): Promise<unknown> {
  const [room, number, act, id, clientAct] = path;
  if (room === "phones") {
    if (number === undefined) {
      const phone = web.addPhone(body as unknown as Parameters<WhatsAppWeb["addPhone"]>[0]);
      known.set(phone.number, phone);
      return toJson(viewOf(phone));
    }
    const phone = known.get(number);
    if (phone === undefined) throw new Error(`there is no phone with the number ${number}`);
    if (act === undefined) return toJson(viewOf(phone));
    if (act !== "clients") return toJson(await call(phone, act, argumentsOf(body)));
    const client = phone.clients.find((each) => String(each.id) === id);
    if (client === undefined) throw new Error(`${number} has no client ${id}`);
    return toJson(await call(client, clientAct ?? "", argumentsOf(body)));
  }
  if (room === "fault") {
    const { kind } = body;
    if (typeof kind !== "string") throw new Error("a fault has a kind");
    web.fault(body as unknown as WhatsAppWebFault);
    return {};
  }
  if (room === "props") return web.setProp(String(body.code), typeof body.value === "string" ? body.value : undefined);
  if (room === "refresh-qr") return web.refreshQr(String(body.qr), body.child === "pair-device-rotate-qr" ? body.child : undefined);
  if (room === "complaints") return { complaints: complaints() };
  if (room === "transcript") return { transcript: web.transcript() };
  throw new Error(`there is no act ${path.join("/")}`);
}

/** Calls a method by its name, and no other than one of the object's own. */
async function call(target: Phone | LinkedClient, name: string, args: readonly unknown[]): Promise<unknown> {
  const method: unknown = Object.hasOwn(target, name) && !NEVER.includes(name) ? Reflect.get(target, name) : undefined;
  if (typeof method !== "function") throw new Error(`there is no act ${name}`);
  return (await Reflect.apply(method, target, args)) as unknown;
}

function argumentsOf({ args }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (args === undefined) return [];
  if (!Array.isArray(args)) throw new Error("args is a list");
  return args.map(fromJson);
}

function viewOf({ number, jid, lid, name, clients, messages, receipts, unreadable }: Phone): object {
  const linked = clients.map((client) => ({ id: client.id, jid: client.jid, isConnected: client.isConnected, waiting: client.waiting }));
  return { number, jid, lid, name, clients: linked, messages, receipts, unreadable };
}

/** What JSON can hold of a value: bytes as base64, and of a handle what it tells. */
function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (typeof each === "function" ? [] : [[name, toJson(each)] as const])),
  );
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value;
  const { $bytes: bytes } = value as { readonly $bytes?: unknown };
  if (typeof bytes === "string") return Buffer.from(bytes, "base64");
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromJson(each)]));
}
