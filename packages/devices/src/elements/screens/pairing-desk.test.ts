import { manualClock } from "@wadesk/testing";
import type { LitElement } from "lit";
import { describe, expect, it } from "vitest";
import type { WireLink } from "../../wire/link.ts";
import type { WireFailure } from "../../wire/problem.ts";
import type { ConnectionCalls } from "../client/connection-calls.ts";
import { type Answer, UNREACHABLE } from "../client/requests.ts";
import { en } from "../labels/en/en.ts";
import { PairingDesk } from "./pairing-desk.ts";

type Told = Answer<WireLink>;

/** A desk whose handler answers what the test says. */
function world() {
  const time = manualClock();
  const asked: string[] = [];
  const answers: Told[] = [];
  const answer = async (what: string): Promise<Told> => {
    asked.push(what);
    return answers.shift() ?? { failure: UNREACHABLE };
  };
  const calls: Pick<ConnectionCalls, "connect" | "reconnect" | "link" | "cancel"> = {
    connect: ({ input }) => answer(`connect ${JSON.stringify(input)}`),
    reconnect: (id, input) => answer(`reconnect ${id} ${JSON.stringify(input)}`),
    link: (id) => answer(`link ${id}`),
    cancel: async (id) => {
      asked.push(`cancel ${id}`);
      return { value: undefined };
    },
  };
  const host = new EventTarget();
  const desk = new PairingDesk({
    host: host as LitElement,
    requests: {} as never,
    calls: calls as ConnectionCalls,
    region: { say: () => {}, alert: () => {} },
    clock: () => ({ now: time.now, after: (ms, work) => time.clock.after(ms, work) }),
    words: () => en,
    labels: () => ({}),
    pageSize: () => 50,
  });
  desk.type("phone", "+1 555 000 1111");
  return { time, asked, answers, host, desk };
}

const link = (changes: Partial<WireLink>): Told => ({ value: { connectionId: "con_1", state: "running", steps: [], ...changes } });
const qr = link({ steps: [{ type: "qr", expiresAt: 1 }] });
const fails = (code: string): WireFailure => ({ code, remedy: "retry", message: code });

describe("linking a phone", () => {
  it("is looked at every two seconds until it has ended, whether or not an event tells of it", async () => {
    const { time, asked, answers, desk } = world();
    answers.push(qr, qr, link({ state: "failed", failure: fails("pair_failed") }));
    await desk.begin("qr");
    await time.advance(2000);
    await expect.poll(() => asked).toHaveLength(2);
    await time.advance(2000);
    await expect.poll(() => desk.store.state.kind).toBe("ended");
    await time.advance(60_000);
    expect(asked).toEqual(['connect {"phone":"+1 555 000 1111","method":"qr"}', "link con_1", "link con_1"]);
  });

  it("names the helper service that was chosen, and none where nobody chose one", async () => {
    const { asked, desk } = world();
    desk.type("bridge", "eu-west");
    await desk.begin("code");
    expect(asked).toEqual(['connect {"phone":"+1 555 000 1111","method":"code","bridge":"eu-west"}']);
  });

  it("goes on where a look at it was lost", async () => {
    const { time, asked, answers, desk } = world();
    answers.push(qr, { failure: UNREACHABLE }, qr);
    await desk.begin("qr");
    await time.advance(2000);
    await expect.poll(() => asked).toHaveLength(2);
    await time.advance(2000);
    await expect.poll(() => asked).toHaveLength(3);
    expect(desk.store.state.kind).toBe("running");
  });

  it("is tried again by itself where the bridge did not answer, later each time, and not once somebody has left", async () => {
    const { time, asked, answers, desk } = world();
    for (let each = 0; each < 4; each += 1) answers.push({ failure: fails("bridge_unreachable") });
    await desk.begin("code");
    expect([desk.store.state, desk.retryAt]).toMatchObject([{ kind: "ended", tries: 1 }, time.now() + 15_000]);
    await time.advance(15_000);
    await expect.poll(() => desk.store.state).toMatchObject({ kind: "ended", tries: 2 });
    await time.advance(29_000);
    expect(asked).toHaveLength(2);
    await time.advance(1000);
    await expect.poll(() => desk.store.state).toMatchObject({ tries: 3 });
    desk.leave();
    await time.advance(120_000);
    expect(asked).toHaveLength(3);
  });

  it("by another way ends what runs, and begins anew", async () => {
    const { asked, answers, desk } = world();
    answers.push(qr, qr);
    await desk.begin("qr");
    await desk.again("code");
    expect(asked.slice(1)).toEqual(["cancel con_1", 'connect {"phone":"+1 555 000 1111","method":"code"}']);
  });

  it("is not begun with a number that is none, nor where the application does not let it", async () => {
    const { asked, host, desk } = world();
    desk.type("phone", "555 000 1111");
    expect([await desk.begin("qr"), desk.store.state]).toMatchObject([false, { kind: "start", error: "country" }]);
    desk.type("phone", "+1 555 000 1111");
    host.addEventListener("wadesk-action", (event) => event.preventDefault());
    expect(await desk.begin("qr")).toBe(true);
    expect(asked).toEqual([]);
  });
});
