import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Wadesk, WadeskEvent } from "@wadesk/core";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { openWorld } from "./world/open-world.ts";

const here = dirname(fileURLToPath(import.meta.url));
const guide = join(here, "../../docs/guides/files.md");

interface GuideCode {
  save(wadesk: Wadesk, event: WadeskEvent<"message.received">): Promise<void>;
  sendBill(wadesk: Wadesk, to: string, path: string): Promise<void>;
  sendToMany(wadesk: Wadesk, people: readonly string[], picture: Uint8Array): Promise<void>;
}

let folder: string;
let code: GuideCode;
beforeAll(async () => {
  // below this workspace, so that the packages it names are found
  folder = await mkdtemp(join(here, ".files-guide-"));
  for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) await writeFile(join(folder, name), text);
  code = { ...(await import(join(folder, "save.ts"))), ...(await import(join(folder, "send.ts"))) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A workspace with a number at Meta, in whose process the working folder is the guide's. */
async function openTalk() {
  const world = await openWorld();
  await world.wadesk.workspace("acme").connect("cloud-api", world.account.input);
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return world;
}

const saved = async (): Promise<readonly string[]> => (await readdir(folder)).filter((name) => !name.endsWith(".ts"));

it("the guide's code stores a file that came in once it is known to be sound, and leaves nothing of one that is not", async () => {
  const { meta, account, wadesk } = await openTalk();
  const events: WadeskEvent<"message.received">[] = [];
  wadesk.process("message.received", (event) => void events.push(event));
  meta.addContact().sendFile(account.numberId, { type: "image", bytes: new TextEncoder().encode("a picture"), mimeType: "image/jpeg" });
  await meta.settled();
  const [event] = events;
  if (event === undefined) throw new Error("nothing came in");
  meta.fault({ kind: "file_spoiled" });
  await expect(code.save(wadesk, event)).rejects.toMatchObject({ code: "media_corrupt" });
  expect(await saved()).toEqual([]);
  await code.save(wadesk, event);
  const [name = ""] = await saved();
  expect([name.endsWith(".file"), await readFile(join(folder, name), "utf8")]).toEqual([true, "a picture"]);
});

it("the guide's code sends a file from the disk once, and one upload to many", async () => {
  const { meta, account, wadesk } = await openTalk();
  const people = [meta.addContact(), meta.addContact()];
  for (const person of people) person.send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  const phones = people.map(({ phone = "" }) => phone);
  await writeFile(join(folder, "bill.bin"), "a bill");
  await code.sendBill(wadesk, phones[0] ?? "", "bill.bin");
  await code.sendBill(wadesk, phones[0] ?? "", "bill.bin");
  await code.sendToMany(wadesk, phones, new TextEncoder().encode("a picture"));
  const uploads = meta.exchanges.filter(({ operation }) => operation === "POST /{Phone-Number-ID}/media");
  expect([uploads.length, meta.sent.map(({ payload }) => payload.type)]).toEqual([2, ["document", "image", "image"]]);
});
