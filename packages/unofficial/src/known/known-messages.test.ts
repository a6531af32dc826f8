import { WadeskError } from "@wadesk/core";
import { expect, it } from "vitest";
import type { Changes } from "../auth/change-queue.ts";
import { knownMessages } from "./known-messages.ts";

/** The messages of one connection, whose records are a map. */
function known() {
  const rows = new Map<string, Uint8Array>();
  let broken = false;
  const messages = knownMessages(
    { proto: {} } as never,
    {
      async find(names: readonly string[]) {
        if (broken) throw new WadeskError("sealed_value_invalid");
        return new Map(names.flatMap((name: string) => [...rows].filter(([key]) => key === name)));
      },
      async keep(_data: object, changes: Changes = new Map()) {
        for (const [key, change] of changes) if (change !== undefined && "value" in change) rows.set(key, change.value);
      },
    } as never,
  );
  return {
    ...messages,
    breakRecords(isBroken: boolean): void {
      broken = isBroken;
    },
  };
}

const FIRST = { id: "ID", chat: "222@lid", fromMe: false };
const FORGED = { id: "ID", chat: "333@lid", fromMe: false };

it("of two messages of one id the first that came stays", async () => {
  const { note, find, changesOf } = known();
  await note(FIRST, 1);
  await note(FORGED, 2);
  expect([await find("ID"), (await changesOf(FORGED, 3)).size]).toEqual([FIRST, 0]);
});

it("one whose record does not open any more gives way to what comes", async () => {
  const { note, find, breakRecords } = known();
  await note(FIRST, 1);
  breakRecords(true);
  await note(FORGED, 2);
  breakRecords(false);
  expect(await find("ID")).toEqual(FORGED);
});
