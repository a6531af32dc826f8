import { isWadeskError, WadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { attempt, type ChannelUnderTest, codeOf, expectNoSecret, lineOf, linked, remains, send } from "./attempt.ts";
import { FACTS } from "./facts.ts";

/** One promise of a channel. Rejects where it is broken. */
export type ChannelPromise = (world: ChannelUnderTest) => Promise<void>;

/** What every channel promises the client, one by one, for those who ask in a way of their own. */
export const channelPromises: Readonly<Record<string, ChannelPromise>> = {
  "names every field that is missing from an empty input": async ({ channel }) => {
    const result = await channel.input["~standard"].validate({});
    const issues = "issues" in result ? result.issues : [];
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect([issue.path?.length, issue.message.length > 5]).toEqual([1, true]);
  },
  "connects: steps that end, a route claimed before anything is changed, a secret that survives JSON": async (world) => {
    const { kind, webhook } = world.channel;
    const { connected, error, steps, claims } = await attempt(world, world.input);
    if (connected === undefined) throw error;
    expect(claims).toEqual([connected.route]);
    expect(connected.route.startsWith(`${kind}:`)).toBe(true);
    if (connected.account !== undefined) expect(connected.account.startsWith(`${kind}:`)).toBe(true);
    if (connected.speaker !== undefined) expect(connected.speaker.startsWith(`${kind}:`)).toBe(true);
    // what a vendor signs would be heard by no connection that nobody speaks for
    if (webhook !== undefined) expect(connected.speaker).toBeDefined();
    expect(JSON.parse(JSON.stringify(connected.secret))).toEqual(connected.secret);
    expect(JSON.parse(JSON.stringify(connected.details))).toEqual(connected.details);
    const last = new Map(steps.flatMap((step) => (step.type === "check" ? [[step.name, step.state] as const] : [])));
    for (const [step, state] of last) expect([step, state]).toEqual([step, "passed"]);
    const { details, facts, defaultLabel, warnings } = connected;
    expectNoSecret(world, [details, facts, defaultLabel, warnings, steps]);
  },
  "tells what a card shows in words that are every channel's": async (world) => {
    const { connection, context, connected } = await linked(world);
    const checked = await lineOf(world, connection, context).check();
    for (const facts of [connected.facts ?? {}, checked.facts ?? {}]) {
      for (const [name, value] of Object.entries(facts))
        if (value !== undefined) expect([name, FACTS[name]?.(value)]).toEqual([name, true]);
    }
  },
  "warns by codes in snake_case with values beside a sentence": async (world) => {
    const { connection, context, connected } = await linked(world);
    const checked = await lineOf(world, connection, context).check();
    for (const { code, values = {}, text } of [...(connected.warnings ?? []), ...(checked.warnings ?? [])]) {
      expect([code, text]).toEqual([expect.stringMatching(/^[a-z][a-z0-9_]*$/), expect.stringMatching(/\S{2}/)]);
      for (const value of Object.values(values)) expect([code, typeof value]).toEqual([code, expect.stringMatching(/^(string|number)$/)]);
    }
  },
  "leaves nothing at the vendor when somebody else has the number": async (world) => {
    const { error } = await attempt(world, world.input, { claim: () => Promise.reject(new WadeskError("number_in_use")) });
    expect(error).toMatchObject({ code: "number_in_use" });
    expect(await remains(world)).toBe(false);
  },
  "refuses wrong credentials with a code and a failed step, leaves nothing, and shows no secret": async (world) => {
    const { error, steps, log } = await attempt(world, world.refusedInput);
    expect(isWadeskError(error)).toBe(true);
    expect(steps.at(-1)).toMatchObject({ type: "check", state: "failed" });
    expect(await remains(world)).toBe(false);
    expectNoSecret(world, [error, log.lines, JSON.stringify(error)]);
  },
  "sends, and answers the vendor's id and when it took the message": async (world) => {
    const receipt = await send(world, world.fetch);
    expect(receipt.providerId.length).toBeGreaterThan(0);
    expect(Number.isSafeInteger(receipt.acceptedAt)).toBe(true);
  },
  "says that nothing was sent when the vendor cannot be reached": async (world) => {
    const unreachable: typeof fetch = async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
    };
    // of a channel behind a helper service it is that one which cannot be reached
    expect(["provider_unavailable", "bridge_unreachable"]).toContain(await codeOf(send(world, unreachable)));
  },
  "never repeats a send whose answer was lost": async (world) => {
    let calls = 0;
    const lossy: typeof fetch = async () => {
      calls += 1;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("read"), { code: "ECONNRESET" }) });
    };
    expect(await codeOf(send(world, lossy))).toBe("outcome_unknown");
    expect(calls).toBe(1);
  },
  "reports a healthy connection alive, in the session that was asked about": async (world) => {
    const { connection, context } = await linked(world);
    const { signals } = await lineOf(world, { ...connection, epoch: 7 }, context).check();
    expect(signals).toContainEqual(expect.objectContaining({ type: "alive", epoch: 7 }));
  },
  "disconnects, after which nothing at the vendor speaks of it": async (world) => {
    const { connection, context } = await linked(world);
    if (world.remains) expect(await remains(world)).toBe(true);
    await lineOf(world, connection, context).disconnect();
    expect(await remains(world)).toBe(false);
  },
};

// what is asked of a line that is made for one call over HTTP
const OF_A_LINE: ReadonlySet<string> = new Set([
  "tells what a card shows in words that are every channel's",
  "sends, and answers the vendor's id and when it took the message",
  "says that nothing was sent when the vendor cannot be reached",
  "never repeats a send whose answer was lost",
  "reports a healthy connection alive, in the session that was asked about",
  "disconnects, after which nothing at the vendor speaks of it",
]);

/** What every channel promises the client. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function channelContract(name: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`${name} keeps the channel contract`, () => {
    it.for(Object.entries(channelPromises))("%s", async ([promise, holds], { skip }) => {
      const world = await open();
      skip(world.channel.session !== undefined && OF_A_LINE.has(promise), "sessionContract asks this of a line that is a session");
      await holds(world);
    });
  });
}
