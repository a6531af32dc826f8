import { Agent, request } from "node:http";
import { startRunTime } from "./run-time.ts";
import { type Webhook, webhookOf } from "./webhooks.ts";

/** How a sender sends. */
export interface Sending {
  readonly contacts: number;
  /** Whether a contact writes a message of this number, from 0. */
  readonly writes: (turn: number) => boolean;
  /** Where the next attempt goes; waits where nobody listens. */
  readonly target: () => Promise<Target>;
  readonly random: () => number;
  /** How long to wait before a webhook is delivered again, in milliseconds. */
  readonly redeliverAfterMs?: number;
}

/** Whom to call. */
export interface Target {
  readonly url: string;
  /** Called when a webhook is on its way, before its answer. */
  readonly underWay?: () => void;
}

/** What a sender saw. */
export interface Sent {
  /** What was answered 200, in that order. */
  readonly answered: readonly Webhook[];
  readonly attempts: readonly Attempt[];
}

/** One delivery. `status` is undefined where the connection broke. */
export interface Attempt {
  readonly status: number | undefined;
  /** When it went out and when it was answered, in milliseconds since the epoch. */
  readonly began: number;
  readonly ended: number;
  /** How long its answer took, in milliseconds that this process ran. */
  readonly took: number;
}

/** One of twenty is delivered again though it was answered: Meta promises at least once. */
const REPEATED = 0.05;

/**
 * Sends as Meta does: what got no 200 is delivered again until it gets one. Contacts write side by side; each writes the next message when the last one
 * was answered 200.
 */
export async function send(sending: Sending): Promise<Sent> {
  const { contacts, writes, target, random, redeliverAfterMs = 0 } = sending;
  const agent = new Agent({ keepAlive: true, maxSockets: contacts });
  const time = startRunTime();
  const answered: Webhook[] = [];
  const attempts: Attempt[] = [];
  const deliver = async (webhook: Webhook): Promise<boolean> => {
    const called = await target();
    const began = Date.now();
    const from = time.now();
    const status = await post(agent, called, webhook);
    attempts.push({ status, began, ended: Date.now(), took: time.now() - from });
    return status === 200;
  };
  const write = async (contact: number): Promise<void> => {
    for (let turn = 0; writes(turn); turn += 1) {
      const webhook = webhookOf(contact, turn);
      while (!(await deliver(webhook))) if (redeliverAfterMs > 0) await new Promise((resolve) => setTimeout(resolve, redeliverAfterMs));
      answered.push(webhook);
      if (random() < REPEATED) await deliver(webhookOf(contact, Math.floor(random() * (turn + 1))));
    }
  };
  try {
    await Promise.all(Array.from({ length: contacts }, (_, contact) => write(contact)));
  } finally {
    agent.destroy();
    time.stop();
  }
  return { answered, attempts };
}

/** Delivers one webhook once; answers the status, or nothing where the connection broke. */
export async function deliver(url: string, webhook: Webhook): Promise<number | undefined> {
  const agent = new Agent();
  return post(agent, { url }, webhook).finally(() => agent.destroy());
}

function post(agent: Agent, { url, underWay = () => {} }: Target, { body, signature }: Webhook): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": body.length, "x-hub-signature-256": signature };
    const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      // the status came, whatever becomes of the rest
      answer.once("close", () => resolve(answer.statusCode));
    });
    outgoing.once("error", () => resolve(undefined));
    outgoing.once("finish", underWay);
    outgoing.end(body);
  });
}
