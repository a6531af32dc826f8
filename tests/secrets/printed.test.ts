import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { printed } from "./printed.ts";
import { runPlanted } from "./planted/run-planted.ts";

const key = randomBytes(32);
const spelled: Readonly<Record<string, unknown>> = {
  "as a Buffer": { privKey: key },
  "as a Buffer in a text": inspect({ rootKey: key }),
  "as an array of bytes": new Uint8Array(key),
  "as an array in JSON": JSON.stringify({ key: [...key] }),
  "as an array of bytes in JSON": JSON.stringify(new Uint8Array(key)),
  "as base64": key.toString("base64"),
  "as base64 that other bytes came before": Buffer.concat([Buffer.from("x"), key]).toString("base64"),
  "as base64 of an address": key.toString("base64url"),
  "as hexadecimal digits": `chain ${key.toString("hex").toUpperCase()}.`,
  "as it is": `<${key.toString("latin1")}>`,
  "by half": key.subarray(8, 24).toString("base64"),
  "deep inside an error": new Error("broken", { cause: { session: { chains: new Map([["a", { key }]]) } } }),
};

describe("what was printed", () => {
  it.each(Object.keys(spelled))("is found to hold a key that stands there %s", (how) => {
    const print = printed();
    print.key(key);
    print.note("the log", "a line before", {});
    print.note("stdout", spelled[how]);
    expect(print.found()).toEqual(["a key or ratchet stands in stdout"]);
  });

  it("is found to hold the words of a message", () => {
    const print = printed();
    print.words("Meet me at noon");
    print.note("the log", "received", { text: "Meet me at noon" });
    expect(print.found()).toEqual(["the words of a message stand in the log"]);
  });

  it("may hold other keys, a key that is only text, and words that say nothing", () => {
    const print = printed();
    print.key(key);
    print.key(Buffer.from("a secret that is written in words"));
    print.key(Buffer.alloc(32));
    print.words("Hello");
    print.note("the log", randomBytes(32).toString("base64"), "a secret that is written in words", Buffer.alloc(32), "Hello");
    expect(print.found()).toEqual([]);
  });
});

describe("a file of tests that prints", () => {
  it("a key that a client made, what a vault sealed, a ratchet or a message has failed, and one that prints none has not", async () => {
    const outcome = await runPlanted();
    expect(outcome).toEqual({
      "nothing.planted.ts": "passed",
      "client-key.planted.ts": "a key or ratchet stands in console.info",
      "ratchet.planted.ts": "a key or ratchet stands in stderr",
      "sealed.planted.ts": "a key or ratchet stands in the log, at debug",
      "words.planted.ts": "the words of a message stand in console.log",
    });
  });
});
