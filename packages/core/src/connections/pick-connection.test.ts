import { expect, it } from "vitest";
import { openEcho } from "../testing/open-echo.ts";

it("a send without `from` reads as much among five hundred connections as with its only one, and the primary one once", async () => {
  const { wadesk, storage, faulty } = openEcho();
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  const row = await acme.get(id);
  const callsOfSend = async (request: { readonly from?: string } = {}): Promise<number> => {
    faulty.failAt(0, "before");
    await acme.send({ to: "+4915100000001", content: { kind: "text", text: "hello" }, ...request });
    return faulty.calls();
  };
  // the first word to a contact is written down, the next ones are not
  await callsOfSend();
  const alone = await callsOfSend();
  for (let index = 0; index < 500; index += 1) {
    // older ones, so that the primary one is last
    await storage.connections.insert({ ...row, id: `other_${index}`, route: `echo:${index}`, primary: false, createdAt: index });
  }
  const before = [faulty.callsOf("primary"), faulty.callsOf("list")];
  expect(await callsOfSend()).toBe(alone);
  expect([faulty.callsOf("primary"), faulty.callsOf("list")]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  // and as much as with one that is named
  expect(await callsOfSend({ from: id })).toBe(alone);
});
