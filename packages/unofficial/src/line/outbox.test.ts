import { recordingLogger } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import type { Changes } from "../auth/change-queue.ts";
import type { Outgoing } from "../signal/signal-hooks.ts";
import type { Connecting } from "../socket/connecting.ts";
import { rejectTimeouts } from "../socket/reject-timeouts.ts";
import { firstFailure } from "../watching/first-failure.ts";
import { createOutbox, type OutboxParts } from "./outbox.ts";
import { sendsUnderWay } from "./sends-under-way.ts";

/** As Baileys 7.0.0-rc14 gives up what takes longer than 20 seconds. */
const TIMED_OUT = Object.assign(new Error("Timed Out"), { isBoom: true, output: { statusCode: 408 } });

const SEALED = { type: "msg", ciphertext: new Uint8Array([1]) } as const;

/** An outbox whose storage takes as long as `unstored`, and what it stores by itself. */
function openOutbox(unstored: () => Promise<void> | undefined = () => undefined) {
  const kept: Changes[] = [];
  const { failed, whenFailed, unlessFailed, fail, reason } = firstFailure();
  const state = {
    failed,
    whenFailed,
    unlessFailed,
    fail,
    hasFailed: () => reason() !== undefined,
    keep: async (_data: object, changes: Changes) => void kept.push(changes),
    unstored,
  };
  const connecting = {
    route: "r",
    connectionId: "con_1",
    records: {},
    voice: { after: () => () => {} },
    log: recordingLogger().log,
    now: () => 1,
  };
  const outbox = createOutbox({
    connecting: connecting as unknown as Connecting,
    state: state as unknown as OutboxParts["state"],
    chats: {
      known: {},
      people: {},
      unsaid: async (id: string) => new Map([[`known/${id}`, undefined]]),
    } as unknown as OutboxParts["chats"],
    receiver: { tell: async () => {} },
    sends: sendsUnderWay({}, "con_1"),
    during: (send) => send(),
  });
  return { outbox, kept, fail };
}

/** A message whose client gives it up: with its ciphertext stored before, or not. */
async function timesOut(isStored: boolean, isNoted = isStored, error: Error = TIMED_OUT) {
  const { outbox, kept } = openOutbox();
  let outgoing: Outgoing | undefined;
  const socket = {
    ws: { isOpen: true },
    async relayMessage() {
      outgoing = outbox.outgoing();
      if (isNoted) outgoing?.note("222:1@lid", SEALED);
      if (isStored) outbox.outgoing()?.stored();
      throw error;
    },
  };
  const { taken } = await outbox.post(socket as never, { id: "ID", jid: "222@lid", body: {}, reference: "msg_1", beside: new Map() });
  taken.catch(() => {});
  return { outbox, taken, kept, outgoing };
}

describe("a burst of messages", () => {
  const handed = (id: string) => ({ id, jid: "222@lid", body: {}, reference: `msg_${id}`, beside: new Map() });
  const socket = { ws: { isOpen: true }, relayMessage: async () => {} };

  it("is handed to the client without a wait for the storage between two: what they store goes together, and their bytes wait for it", async () => {
    const { outbox } = openOutbox(() => new Promise(() => {}));
    const relayed: string[] = [];
    const relayMessage = async (_jid: string, _body: object, { messageId }: { readonly messageId: string }): Promise<void> =>
      void relayed.push(messageId);
    for (const id of ["1", "2", "3"]) await outbox.post({ ...socket, relayMessage } as never, handed(id));
    expect(relayed).toEqual(["1", "2", "3"]);
  });

  it("lets the event loop go on after each", async () => {
    const { outbox } = openOutbox();
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      if (turns < 100) setImmediate(turn);
    };
    setImmediate(turn);
    for (let index = 1; index <= 5; index += 1) {
      await outbox.post(socket as never, handed(String(index)));
      expect(turns).toBeGreaterThanOrEqual(index);
    }
    turns = 100;
  });

  it("is refused whole where the storage fails at it", async () => {
    const stored = Promise.withResolvers<void>();
    const { outbox, fail } = openOutbox(() => stored.promise);
    const [one, two] = [await outbox.post(socket as never, handed("1")), await outbox.post(socket as never, handed("2"))];
    fail(new Error("the disk is full"));
    for (const { taken } of [one, two]) await expect(taken).rejects.toMatchObject({ code: "provider_unavailable" });
  });
});

it("a message whose bytes the socket did not take in time may have left, and is what WhatsApp says of it", async () => {
  const { outbox, taken } = await timesOut(true);
  outbox.frame({ tag: "ack", attrs: { class: "message", id: "ID" } });
  expect(await taken).toMatchObject({ providerId: "ID" });
});

it("a message that was given up before anything of it was stored was not sent", async () => {
  const { taken } = await timesOut(false);
  await expect(taken).rejects.toMatchObject({ code: "provider_unavailable" });
});

it("one that was given up is said no more, and what is still encrypted of it is not stored", async () => {
  const { taken, kept, outgoing } = await timesOut(false, true);
  await expect(taken).rejects.toMatchObject({ code: "provider_unavailable" });
  expect(kept.map((changes) => [...changes])).toEqual([[["out/ID", undefined]], [["known/ID", undefined]]]);
  expect(() => outgoing?.note("222:2@lid", SEALED)).toThrow("given up");
});

it("a message whose client was not answered a question of its own was not sent, though its ciphertext is stored", async () => {
  const { taken } = await timesOut(true, true, unansweredError());
  await expect(taken).rejects.toMatchObject({ code: "provider_unavailable" });
});

function unansweredError(): Error {
  const ignore = (): void => {};
  const silent = { level: "silent", child: () => silent, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
  try {
    rejectTimeouts(silent).warn({}, "timed out waiting for message");
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
