import { describe, expect, it } from "vitest";
import { type Health, nextStatus, type Signal, statusAt } from "./connection-status.ts";

const connected: Health = { status: { state: "connected", since: 0 }, epoch: 1, lastSeenAt: 0 };
const signal = (fact: object, at = 10, epoch = 1): Signal => ({ at, epoch, ...fact }) as Signal;

describe("nextStatus", () => {
  it("turns a connection whose token expired to failed, with the reason", () => {
    expect(nextStatus(connected, signal({ type: "failed", code: "token_expired" })).status).toEqual({
      state: "failed",
      reason: "token_expired",
      since: 10,
    });
  });

  it("leaves a connection as it is for a code that says nothing about its health", () => {
    expect(nextStatus(connected, signal({ type: "failed", code: "rate_limited" }))).toBe(connected);
  });

  it("brings a failed connection back on a sign of life", () => {
    const failed = nextStatus(connected, signal({ type: "failed", code: "token_expired" }));
    expect(nextStatus(failed, signal({ type: "alive" }, 20))).toEqual({
      status: { state: "connected", since: 20 },
      epoch: 1,
      lastSeenAt: 20,
    });
  });

  it("ignores what a former session reports", () => {
    const closed: Health = { status: { state: "disconnected", reason: "unlinked", since: 5 }, epoch: 2 };
    expect(nextStatus(closed, signal({ type: "alive" }, 20, 1))).toBe(closed);
  });

  it("does not let a sign of life in flight revive a connection that was disconnected on request", () => {
    const ended: Health = { status: { state: "disconnected", reason: "requested", since: 5 }, epoch: 1 };
    expect(nextStatus(ended, signal({ type: "alive" })).status.state).toBe("disconnected");
    expect(nextStatus(ended, signal({ type: "alive" }, 20, 2)).status.state).toBe("connected");
  });

  it("does not let a failure turn a connection that was disconnected on request, which would count as in use again", () => {
    const ended: Health = { status: { state: "disconnected", reason: "requested", since: 5 }, epoch: 1 };
    expect(nextStatus(ended, signal({ type: "failed", code: "banned" }))).toBe(ended);
  });

  it("keeps the moment at which a state began while the state lasts", () => {
    expect(nextStatus(connected, signal({ type: "alive" }, 50)).status.since).toBe(0);
  });

  it("ends a restriction with a sign of life that says so", () => {
    const restricted = nextStatus(connected, signal({ type: "restricted", reason: "scheduled_for_disable" }));
    expect(nextStatus(restricted, signal({ type: "alive" })).status.restriction).toEqual({ reason: "scheduled_for_disable" });
    const banned = nextStatus(restricted, signal({ type: "failed", code: "banned" }));
    const restored = nextStatus(banned, signal({ type: "alive", unrestricted: true }, 30));
    expect(restored).toMatchObject({ status: { state: "connected", since: 30 }, lastSeenAt: 30 });
    expect(restored.status).not.toHaveProperty("restriction");
  });

  it("sets a restriction beside the state, and keeps it through other signals until it is lifted", () => {
    const restricted = nextStatus(connected, signal({ type: "restricted", reason: "new_chats", until: 100 }));
    expect(restricted.status).toEqual({ state: "connected", since: 0, restriction: { reason: "new_chats", until: 100 } });
    const closed = nextStatus(restricted, signal({ type: "closed", reason: "connection_lost" }));
    expect(closed.status.restriction).toEqual({ reason: "new_chats", until: 100 });
    expect(nextStatus(closed, signal({ type: "unrestricted" })).status).toEqual({
      state: "disconnected",
      reason: "connection_lost",
      since: 10,
    });
  });
});

describe("statusAt", () => {
  it("counts a phone silent for 91 seconds as disconnected, and one silent for 90 as connected", () => {
    expect(statusAt(connected, 91_000, 90_000)).toEqual({ state: "disconnected", reason: "silent", since: 90_000 });
    expect(statusAt(connected, 90_000, 90_000)).toEqual({ state: "connected", since: 0 });
  });

  it("never counts a channel that does not report in as silent", () => {
    expect(statusAt(connected, 1e12)).toEqual({ state: "connected", since: 0 });
  });

  it("drops a restriction whose end has passed", () => {
    const health: Health = { ...connected, status: { state: "connected", since: 0, restriction: { reason: "rate", until: 100 } } };
    expect(statusAt(health, 99).restriction).toEqual({ reason: "rate", until: 100 });
    expect(statusAt(health, 100).restriction).toBeUndefined();
  });
});
