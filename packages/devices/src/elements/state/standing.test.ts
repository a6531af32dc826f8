import { describe, expect, it } from "vitest";
import { reduceStanding, type Standing, type StandingEvent } from "./standing.ts";

const fold = (...events: readonly StandingEvent[]): Standing => events.reduce(reduceStanding, { kind: "connecting" } as Standing);
const [heard, lost, answered] = [{ type: "heard" }, { type: "lost" }, { type: "answered" }] as const;
const unreachable = { type: "unreachable", at: 7 } as const;

describe("how the screen stands to the server", () => {
  it("is interrupted where the stream alone is lost, and offline where no request is answered either", () => {
    expect(fold(heard, lost)).toEqual({ kind: "interrupted" });
    expect(fold(heard, unreachable)).toEqual({ kind: "live" });
    expect(fold(heard, lost, unreachable)).toEqual({ kind: "offline", since: 7 });
    expect(fold(heard, lost, unreachable, answered)).toEqual({ kind: "interrupted" });
    expect(fold(heard, lost, unreachable, heard)).toEqual({ kind: "live" });
  });

  it("is offline from the first moment without a network, and nothing once nobody is signed in", () => {
    const off = { type: "network", on: false, at: 1 } as const;
    expect(fold(heard, off, { ...off, at: 2 })).toEqual({ kind: "offline", since: 1 });
    expect(fold(heard, off, { type: "network", on: true, at: 3 })).toEqual({ kind: "interrupted" });
    expect(fold({ type: "refused" }, heard)).toEqual({ kind: "signed-out" });
  });
});
