import { expect, it } from "vitest";
import { type EchoWorld, openEcho, receivedText } from "../testing/open-echo.ts";

const hello = { to: "+4915100000001", content: { kind: "text", text: "x" } } as const;

async function exported({ wadesk }: EchoWorld, id: string): Promise<readonly object[]> {
  const rows: object[] = [];
  for await (const row of wadesk.exportWorkspace(id)) rows.push(row);
  return rows;
}

it("an export has the connections, messages, open events and last numbers of one workspace, as plain JSON without secrets", async () => {
  const world = openEcho({ inbox: { maxAttempts: 1 } });
  const { wadesk } = world;
  const { id: connectionId } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-secret" });
  await wadesk.workspace("rival").connect("echo", { number: "+222", token: "tok-secret" });
  await wadesk.workspace("acme").send(hello);
  await wadesk.workspace("rival").send(hello);
  wadesk.process("message.received", (event) => {
    if (event.data.messageId === "dead") throw new Error("no");
  });
  await wadesk.inbound.receive("echo", [receivedText({ id: "done" })]);
  await wadesk.inbound.receive("echo", [receivedText({ id: "dead" })]).catch(() => {});
  const rows = await exported(world, "acme");
  expect(rows).toMatchObject([
    { kind: "connection", connection: { phone: "+111", workspaceId: "acme", status: { state: "connected" } } },
    { kind: "message", message: { workspaceId: "acme", receipt: { providerId: "echo.1" } } },
    { kind: "event", state: "dead", event: { workspaceId: "acme", data: { messageId: "dead" } } },
    { kind: "last-number", contact: { phone: "+4915100000001" }, connectionId },
  ]);
  expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  expect(JSON.stringify(rows)).not.toContain("tok-secret");
  expect(await wadesk.eventCounts({ workspaceId: "acme" })).toEqual({ waiting: 0, running: 0, done: 1, dead: 1 });
  expect((await wadesk.eventCounts()).done).toBe(1);
});

it("an export reads page by page, as far as it is asked to", async () => {
  const world = openEcho();
  const { wadesk, faulty } = world;
  const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
  await world.storage.inbox.add(
    Array.from({ length: 450 }, (_, index) => ({ ...receivedText({ id: `m${index}` }), workspaceId: "acme", connectionId: id })),
  );
  const before = faulty.callsOf("list");
  let count = 0;
  for await (const row of wadesk.exportWorkspace("acme")) {
    if (row.kind === "event") count += 1;
    if (count === 1) break;
  }
  // connections, messages, and the first page of events
  expect(faulty.callsOf("list") - before).toBe(3);
  expect((await exported(world, "acme")).length).toBe(451);
});
