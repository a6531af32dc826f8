import { inspect } from "node:util";
import { isWadeskError } from "@wadesk/core";
import type { OpenSession, SendReceipt } from "@wadesk/core/ports";
import { describe, expect, it, vi } from "vitest";
import { sessionHost } from "./host.ts";
import type { SessionUnderTest } from "./session-under-test.ts";

/** One promise of a channel's sessions. Rejects where it is broken. */
export type SessionPromise = (world: SessionUnderTest) => Promise<void>;

/** What every channel with sessions promises core, one by one, for those who ask in a way of their own. */
export const sessionPromises: Readonly<Record<string, SessionPromise>> = {
  "says how its sessions are shared among processes": async ({ channel }) => {
    const { sharing, openAtOnce = 1 } = channel().session ?? {};
    expect(["one-process", "shared"]).toContain(sharing);
    expect(Number.isSafeInteger(openAtOnce) && openAtOnce > 0).toBe(true);
  },
  "opens what was linked from its records and its secret alone, and reports it alive": async (world) => {
    const host = sessionHost(world);
    await host.open();
    await eventually(world, "the session reports that it is alive", () => host.reports.some(({ type }) => type === "alive"));
    expect(await world.vendor.sessions()).toBe(1);
  },
  "sends, and answers the vendor's id and when it took the message": async (world) => {
    const { session } = await sessionHost(world).open();
    const before = await world.vendor.taken();
    const { providerId, acceptedAt } = await send(world, session);
    expect([providerId.length > 0, Number.isSafeInteger(acceptedAt)]).toEqual([true, true]);
    expect(await world.vendor.taken()).toBe(before + 1);
  },
  "says that it is alive when it is asked": async (world) => {
    const { session } = await sessionHost(world).open();
    expect((await session.line.check()).signals).toContainEqual(expect.objectContaining({ type: "alive" }));
  },
  "closes without a word to the vendor, so that it opens again": async (world) => {
    const host = sessionHost(world);
    const { session } = await host.open();
    await session.close();
    expect([await world.vendor.sessions(), await world.vendor.isLinked()]).toEqual([0, true]);
    await host.open();
    expect(await world.vendor.sessions()).toBe(1);
  },
  "closes more than once without complaint": async (world) => {
    const { session } = await sessionHost(world).open();
    await session.close();
    await session.close();
  },
  "refuses to send once it was closed, and the vendor gets nothing": async (world) => {
    const { session } = await sessionHost(world).open();
    await session.close();
    await expectRefused(world, session);
  },
  "ends when its signal is aborted, and sends nothing after it": async (world) => {
    const { session, controller } = await sessionHost(world).open();
    controller.abort();
    await expectRefused(world, session);
    await eventually(world, "the session is closed", async () => (await world.vendor.sessions()) === 0);
  },
  "stays closed when its signal is aborted while it is being opened": async (world) => {
    const host = sessionHost(world);
    await (await host.link()).session?.close();
    const controller = new AbortController();
    const opening = host.open({ signal: controller.signal });
    controller.abort();
    const opened = await opening.catch(() => undefined);
    if (opened !== undefined) await expectRefused(world, opened.session);
    await eventually(world, "nothing is open", async () => (await world.vendor.sessions()) === 0);
  },
  "sends nothing while what it keeps cannot be written": async (world) => {
    const host = sessionHost(world);
    const { session } = await host.open();
    host.fence.lost = true;
    host.fence.attempts = 0;
    const before = await world.vendor.taken();
    const error = await send(world, session).then(
      () => undefined,
      (refusal: unknown) => refusal,
    );
    // one that keeps nothing of what it sends has nothing to lose
    if (host.fence.attempts === 0) return;
    expect(error).toMatchObject({ code: "lease_lost" });
    expect(await world.vendor.taken()).toBe(before);
  },
  "tells that it was cut off, and ends": async (world) => {
    const host = sessionHost(world);
    const { session } = await host.open();
    await world.vendor.cut();
    await expectEnded(world, session);
    await eventually(world, "the loss is reported", () => host.reports.some(({ type }) => type === "closed"));
    expect(host.reports).not.toContainEqual(expect.objectContaining({ reason: "unlinked" }));
  },
  "tells that its number was unlinked, which no opening helps": async (world) => {
    const host = sessionHost(world);
    await host.open();
    await world.vendor.unlink();
    await eventually(world, "the unlinking is reported", () =>
      host.reports.some((report) => report.type === "closed" && report.reason === "unlinked"),
    );
  },
  "hands over what comes in, once and as its own number's": async (world) => {
    const host = sessionHost(world);
    await host.open();
    expect(await world.vendor.write()).toBe("acknowledged");
    expect(host.received.length).toBeGreaterThan(0);
    const { route } = host.connection();
    expect(host.received.filter((event) => event.route !== route)).toEqual([]);
    expect(new Set(host.received.map(({ key }) => key)).size).toBe(host.received.length);
  },
  "takes nothing for delivered that could not be stored": async (world) => {
    const host = sessionHost(world);
    await host.open();
    host.inbox.fails = true;
    expect(await world.vendor.write()).toBe("not acknowledged");
  },
  "unlinks its number when it is disconnected": async (world) => {
    const { session } = await sessionHost(world).open();
    await session.line.disconnect();
    await eventually(world, "the number is linked no more", async () => !(await world.vendor.isLinked()));
  },
  "links nothing when the attempt is cancelled meanwhile, and leaves nothing open": async (world) => {
    const controller = new AbortController();
    const linking = sessionHost(world).link(controller.signal);
    controller.abort();
    await expect(linking).rejects.toBeDefined();
    expect([await world.vendor.sessions(), await world.vendor.isLinked()]).toEqual([0, false]);
  },
  "goes on with the session that linking opened, until its signal is aborted": async (world) => {
    const controller = new AbortController();
    const { session } = await sessionHost(world).link(controller.signal);
    // one that links over another way opens none
    if (session === undefined) return;
    await send(world, session);
    controller.abort();
    await expectRefused(world, session);
    await eventually(world, "the session is closed", async () => (await world.vendor.sessions()) === 0);
  },
  "shows nothing of what it is linked with": async (world) => {
    const host = sessionHost(world);
    const { session } = await host.open();
    await world.vendor.cut();
    await expectEnded(world, session);
    const error = await send(world, session).catch((refusal: unknown) => refusal);
    const text = inspect([host.shown(), error], { depth: 20, showHidden: true });
    expect(world.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  },
};

/**
 * What the sessions of every channel promise core. Call it once from the channel's own test file; `open` makes a fresh vendor each time. `notYet` names the
 * promises that a channel which is being built does not keep yet.
 */
export function sessionContract(name: string, open: () => Promise<SessionUnderTest>, notYet: readonly string[] = []): void {
  describe(`${name} keeps the session contract`, () => {
    const kept = Object.entries(sessionPromises).filter(([promise]) => !notYet.includes(promise));
    it.each(kept)("%s", async (_promise, holds) => holds(await open()));

    it("names no promise as one for later that there is not", () => {
      expect(notYet.filter((promise) => !(promise in sessionPromises))).toEqual([]);
    });
  });
}

function send({ to, content }: SessionUnderTest, { line }: OpenSession<unknown>): Promise<SendReceipt> {
  return line.send({ id: "msg_1", to, content });
}

async function expectRefused(world: SessionUnderTest, session: OpenSession<unknown>): Promise<void> {
  const before = await world.vendor.taken();
  const error = await send(world, session).then(
    () => "it was sent",
    (refusal: unknown) => refusal,
  );
  expect(isWadeskError(error) ? error.code : error).toMatch(/^(not_connected|lease_lost|provider_unavailable)$/);
  expect(await world.vendor.taken()).toBe(before);
}

async function expectEnded(world: SessionUnderTest, { ended }: OpenSession<unknown>): Promise<void> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  ended.then(end, end);
  await eventually(world, "the session's `ended` settles", () => over);
}

// what a channel does by itself
async function eventually({ withinMs = 5000 }: SessionUnderTest, what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  try {
    await vi.waitUntil(holds, { timeout: withinMs, interval: 5 });
  } catch {
    throw new Error(`it never came true: ${what}`);
  }
}
