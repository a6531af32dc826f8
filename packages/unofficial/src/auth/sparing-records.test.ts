import { beforeEach, describe, expect, it } from "vitest";
import { memoryRecords } from "../testing/memory-records.ts";
import { sparingRecords } from "./sparing-records.ts";

const bytes = (text: string): Buffer => Buffer.from(text);
let inner = memoryRecords();
let records = sparingRecords(inner);
beforeEach(() => {
  inner = memoryRecords();
  records = sparingRecords(inner);
});

describe("credentials", () => {
  it("that are stored already are not written again, and others are", async () => {
    await records.set(new Map([["creds", bytes("one")]]));
    await records.set(new Map([["creds", bytes("one")]]));
    await records.set(new Map([["creds", bytes("two")]]));
    await records.set(new Map([["creds", bytes("one")]]));
    expect(inner.written).toEqual([["creds"], ["creds"], ["creds"]]);
    expect((await records.get(["creds"])).get("creds")).toEqual(bytes("one"));
  });

  it("that were read are known", async () => {
    await inner.set(new Map([["creds", bytes("one")]]));
    await records.get(["creds"]);
    await records.set(new Map([["creds", bytes("one")]]));
    expect(inner.written).toHaveLength(1);
  });

  it("are left out where they are stored beside something else, and are not where they changed", async () => {
    await records.set(new Map([["creds", bytes("one")]]));
    await records.set(
      new Map([
        ["key/pre-key/1", bytes("key")],
        ["creds", bytes("one")],
      ]),
    );
    await records.set(
      new Map([
        ["key/pre-key/2", bytes("key")],
        ["creds", bytes("two")],
      ]),
    );
    expect(inner.written.slice(1)).toEqual([["key/pre-key/1"], ["key/pre-key/2", "creds"]]);
  });

  it("are written again after a write that failed, and after everything was cleared", async () => {
    await records.set(new Map([["creds", bytes("one")]]));
    inner.breakWith(new Error("away"));
    await expect(records.set(new Map([["creds", bytes("two")]]))).rejects.toThrow("away");
    inner.breakWith(undefined);
    await records.set(new Map([["creds", bytes("two")]]));
    await records.clear();
    await records.set(new Map([["creds", bytes("two")]]));
    expect((await inner.get(["creds"])).get("creds")).toEqual(bytes("two"));
  });
});

describe("lists of devices and mappings", () => {
  it("that are the same as what is stored are not written again", async () => {
    const changes = new Map([
      ["key/device-list/1555", bytes("[0]")],
      ["key/lid-mapping/1555", bytes("7")],
    ]);
    await records.set(changes);
    await records.set(changes);
    await records.set(new Map([...changes, ["key/lid-mapping/1555", bytes("8")]]));
    expect(inner.written).toEqual([["key/device-list/1555", "key/lid-mapping/1555"], ["key/lid-mapping/1555"]]);
  });

  it("that are deleted are deleted", async () => {
    await records.set(new Map([["key/device-list/1555", bytes("[0]")]]));
    await records.set(new Map([["key/device-list/1555", undefined]]));
    expect(await inner.get(["key/device-list/1555"])).toEqual(new Map());
  });

  it("are not looked up where a session is written with them", async () => {
    inner.read.length = 0;
    await records.set(
      new Map([
        ["key/session/1.0", bytes("ratchet")],
        ["key/device-list/1555", bytes("[0]")],
      ]),
    );
    expect([inner.read, inner.written]).toEqual([[], [["key/session/1.0", "key/device-list/1555"]]]);
  });
});
