import { describe, expect, it } from "vitest";
import { consequenceOf, linkConsequenceOf } from "./close-codes.ts";
import { type Close, readClose } from "./read-close.ts";

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 24 * 60 * 60 * 1000;
const close = (code: number, rest: Partial<Close> = {}): Close => ({ code, said: "failure", codesShown: false, attributes: {}, ...rest });
const closed = (reason: string) => ({ type: "closed", reason, at: NOW });
const failed = (code: string) => ({ type: "failed", code, at: NOW });
const HOUR = { inMs: 3_600_000 };

describe("the client of a linked number that ends with", () => {
  it.each([
    [515, "WhatsApp's wish to see it again", "stream", "at once", [], "restart"],
    [401, "the link's end", "failure", "asked", [closed("unlinked")], "pair_failed"],
    [516, "a forced logout", "stream", "asked", [closed("unlinked")], "pair_failed"],
    [403, "a locked account", "failure", HOUR, [failed("locked")], "locked"],
    [406, "a banned account", "failure", "asked", [failed("banned")], "banned"],
    [405, "a version that is too old", "failure", HOUR, [failed("client_outdated")], "client_outdated"],
    [409, "a refused user agent", "failure", HOUR, [failed("client_outdated")], "client_outdated"],
    [409, "a login elsewhere, in another word", "stream", "asked", [closed("replaced")], "pair_failed"],
    [440, "a login elsewhere", "stream", "asked", [closed("replaced")], "pair_failed"],
    [411, "linked devices that were turned off", "socket", "asked", [failed("pair_failed")], "pair_failed"],
    [408, "a connection that was lost", "socket", { inMs: 0 }, [closed("connection_lost")], "provider_unavailable"],
    [428, "a connection that was cut", "socket", { inMs: 0 }, [closed("connection_lost")], "provider_unavailable"],
    [500, "an error without a code", "stream", { inMs: 0 }, [closed("connection_lost")], "provider_unavailable"],
    [503, "WhatsApp's restart", "stream", { inMs: 0 }, [closed("connection_lost")], "provider_unavailable"],
    [429, "too many logins", "stream", { inMs: 300_000 }, [closed("connection_lost")], "rate_limited"],
    [400, "a bad request", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [413, "a bad token", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [414, "a bad token", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [415, "an unknown client", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [418, "an experiment", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [501, "something that is not built", "failure", { inMs: 60_000 }, [closed("connection_lost")], "pair_failed"],
    [599, "a code that nobody knows", "stream", { inMs: 0 }, [closed("connection_lost")], "provider_unavailable"],
  ] as const)("%i, %s", (code, _what, said, openAgain, reports, linking) => {
    const keysEnd = code === 401 || code === 516;
    expect(consequenceOf(close(code, { said }), { now: NOW })).toEqual({ openAgain, reports, keysEnd });
    expect(linkConsequenceOf(close(code, { said }))).toBe(linking);
  });

  it.each([
    ["an hour's ban opens again at its end", { code: "101", expire: "3600" }, 3_600_000],
    ["a ban of no known length is asked about after an hour", {}, 3_600_000],
    ["a day's ban opens again at its end", { expire: "86400" }, 86_400_000],
  ])("402: %s", (_what, attributes, inMs) => {
    const restricted = { type: "restricted", reason: "temporarily_banned", until: NOW + inMs, at: NOW };
    const reports = [failed("temporarily_banned"), restricted];
    expect(consequenceOf(close(402, { attributes }), { now: NOW })).toEqual({ openAgain: { inMs }, reports, keysEnd: false });
  });

  it("401 is the phone's silence where it was not used for fourteen days", () => {
    const reasonAfter = (days: number) => consequenceOf(close(401), { now: NOW, phoneSeenAt: NOW - days * DAY_MS }).reports;
    expect(reasonAfter(14)).toEqual([closed("phone_inactive")]);
    expect(reasonAfter(13)).toEqual([closed("unlinked")]);
  });

  it("408 because all codes were shown leads to another round, where any other 408 is a lost connection", () => {
    expect(linkConsequenceOf(close(408, { said: "socket", codesShown: true }))).toBe("another round");
  });
});

describe("Baileys' word of a close", () => {
  const ended = (error: object | undefined) => readClose({ error, date: new Date() } as Parameters<typeof readClose>[0]);
  it.each([
    [
      { message: "Connection Failure", output: { statusCode: 402 }, data: { expire: "5", n: 1 } },
      close(402, { attributes: { expire: "5" } }),
    ],
    [{ message: "Stream Errored (conflict)", output: { statusCode: 440 }, data: { tag: "conflict" } }, close(440, { said: "stream" })],
    [{ message: "QR refs attempts ended", output: { statusCode: 408 } }, close(408, { said: "socket", codesShown: true })],
    [{ message: "Connection was lost", output: { statusCode: 408 } }, close(408, { said: "socket" })],
    [new Error("anything"), close(500, { said: "socket" })],
    [undefined, close(500, { said: "socket" })],
  ])("%o is read", (error, expected) => {
    expect(ended(error)).toEqual(expected);
  });
});
