import type { CloudApiChannel } from "@wadesk/cloud-api";
import { isWadeskError, type Wadesk, type WadeskEvent, type Workspace } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { type Account, openWorld, type World } from "./world/open-world.ts";
import { outcomeOf, rendered } from "./world/rendered.ts";

const hello = { kind: "text", text: "Hello" } as const;
const text = (body: string) => ({ type: "text", text: { body } });

/** Two tenants on one account of Meta's, each with a number of its own: as near to each other as they can come. */
interface Neighbours extends World {
  readonly acme: Workspace<CloudApiChannel>;
  readonly rival: Workspace<CloudApiChannel>;
  /** The id of acme's connection. */
  readonly theirs: string;
  /** A message that acme sent, one that acme received, and the account of rival's own number. */
  readonly sentByAcme: string;
  readonly writtenToAcme: string;
  readonly own: Account;
  /** What must not be shown to rival. */
  readonly marks: readonly string[];
}

async function openNeighbours(): Promise<Neighbours> {
  // an event that fails is a dead letter at once
  const world = await openWorld({ inbox: { maxAttempts: 1 } });
  const { meta, app, wadesk, account } = world;
  const number = meta.addNumber({ wabaId: account.wabaId, verifiedName: "Rival Shop" });
  const token = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
  const input = { phoneNumberId: number.id, wabaId: account.wabaId, accessToken: token };
  const own = { ...account, numberId: number.id, phone: number.phone, token, input };
  const [acme, rival] = [wadesk.workspace("acme-tenant"), wadesk.workspace("rival-tenant")];
  const { id: theirs } = await acme.connect("cloud-api", { ...account.input, label: "Acme's label" });
  await rival.connect("cloud-api", own.input);
  const ana = meta.addContact({ name: "Ana of Acme", phone: "+5511999990001" });
  const writtenToAcme = ana.send(account.numberId, text("A secret of Acme's"));
  await meta.settled();
  const { id: sentByAcme } = await acme.send({ to: ana.phone ?? "", content: hello, idempotencyKey: "order-1" });
  await meta.settled();
  const marks = [
    "acme-tenant",
    theirs,
    "Acme's label",
    account.numberId,
    account.phone,
    account.token,
    sentByAcme,
    "Ana of Acme",
    "A secret",
  ];
  return { ...world, acme, rival, theirs, sentByAcme, writtenToAcme, own, marks };
}

/** What rival tries with each member of `Workspace`, with an id that is not its own. A new member without a row fails the first test. */
const TRIES: { readonly [Name in keyof Workspace<CloudApiChannel>]: (world: Neighbours, foreign: string) => unknown } = {
  id: ({ rival }) => rival.id,
  connect: ({ rival, account }) => rival.connect("cloud-api", account.input),
  reconnect: ({ rival, own }, foreign) => rival.reconnect(foreign, "cloud-api", own.input),
  signup: ({ rival }) => rival.signup("cloud-api", { userId: "rita" }),
  list: ({ rival }) => rival.list({ limit: 200 }),
  async changedSince({ acme, rival }) {
    // what acme's list would go on from shows rival nothing of it
    const { changes } = await acme.list();
    return [await rival.changedSince(changes), await rival.changedSince('["cloud-api","0"]')];
  },
  watch: async ({ rival }) => (await rival.watch(() => {}))(),
  get: ({ rival }, foreign) => rival.get(foreign),
  steps: ({ rival }, foreign) => rival.steps(foreign),
  setPrimary: ({ rival }, foreign) => rival.setPrimary(foreign),
  rename: ({ rival }, foreign) => rival.rename(foreign, "Rival's now"),
  cancel: ({ rival }, foreign) => rival.cancel(foreign),
  intent: ({ rival }, foreign) => rival.intent(foreign),
  disconnect: ({ rival }, foreign) => rival.disconnect(foreign),
  remove: ({ rival }, foreign) => rival.remove(foreign),
  check: ({ rival }, foreign) => rival.check(foreign),
  send: ({ rival }, foreign) => rival.send({ from: foreign, to: "+5511999990001", content: hello }),
  lastNumberOf: async ({ rival }) => [await rival.lastNumberOf("+5511999990000"), await rival.lastNumberOf({ phone: "+5511999990001" })],
  message: ({ rival, sentByAcme }) => rival.message(sentByAcme),
  media: ({ rival }, foreign) => rival.media.download({ id: "1" }, { from: foreign }),
  operations: ({ rival }, foreign) => rival.operations("cloud-api", foreign).raw("GET", "/me"),
  groups: ({ rival }, foreign) => rival.groups.list({ from: foreign }),
  markRead: ({ rival, writtenToAcme }, foreign) => rival.markRead({ from: foreign, messageId: writtenToAcme }),
};

/** What the application's own side answers when it asks for rival, or for nobody in particular. */
const PLATFORM: { readonly [Name in keyof Wadesk<CloudApiChannel>]: (world: Neighbours) => unknown } = {
  workspace: ({ wadesk }) => wadesk.workspace("rival-tenant").list(),
  settings: async ({ wadesk }) => [await wadesk.settings.activeChannel(), await wadesk.settings.read("cloud-api")],
  process: ({ wadesk }) => wadesk.process("message.edited", () => {}),
  on: ({ wadesk }) => wadesk.on("message.edited", () => {}),
  drain: ({ wadesk }) => wadesk.drain(),
  deadLetters: ({ wadesk }) => wadesk.deadLetters.list({ workspaceId: "rival-tenant" }),
  rotateKeys: ({ wadesk }) => wadesk.rotateKeys(),
  eventCounts: ({ wadesk }) => wadesk.eventCounts({ workspaceId: "rival-tenant" }),
  exportWorkspace: async ({ wadesk }) => {
    const rows = [];
    for await (const row of wadesk.exportWorkspace("rival-tenant")) rows.push(row);
    return rows;
  },
  deleteWorkspace: ({ wadesk }) => wadesk.deleteWorkspace("rival-tenant"),
  start: ({ wadesk }) => wadesk.start(),
  stop: ({ wadesk }) => wadesk.stop(),
  screen: async ({ wadesk: { screen } }) => [screen.channels, await screen.missing("cloud-api"), await screen.readiness("cloud-api")],
  inbound: ({ wadesk }) => [wadesk.inbound.sources.map(({ kind }) => kind), wadesk.inbound.publicUrl],
};

// another workspace's id must look like one that never was
const REFUSED = [
  "reconnect",
  "get",
  "steps",
  "setPrimary",
  "rename",
  "cancel",
  "intent",
  "disconnect",
  "remove",
  "check",
  "send",
  "media",
  "operations",
  "groups",
  "markRead",
];

function expectNothingOf(shown: string, marks: readonly string[]): void {
  expect(marks.filter((mark) => shown.includes(mark))).toEqual([]);
}

// where in the code an error was made
function withoutPlace(shown: string): string {
  return shown.replaceAll(/^\s+at .*$/gm, "");
}

describe("a workspace", () => {
  it("finds all of its own by the same calls", async () => {
    const { acme, theirs, sentByAcme, account, marks } = await openNeighbours();
    const shown = rendered([await acme.list(), await acme.steps(theirs), await acme.message(sentByAcme)]);
    expect(marks.filter((mark) => shown.includes(mark))).toEqual([
      "acme-tenant",
      theirs,
      "Acme's label",
      account.numberId,
      account.phone,
      sentByAcme,
    ]);
  });

  it("has each of its calls tried below, and so has the client", async () => {
    const { wadesk, rival } = await openNeighbours();
    expect(Object.keys(rival).sort()).toEqual(Object.keys(TRIES).sort());
    expect(Object.keys(wadesk).sort()).toEqual(Object.keys(PLATFORM).sort());
  });

  it.each(Object.entries(TRIES))("learns and changes nothing of another's by %s", async (name, attempt) => {
    const world = await openNeighbours();
    const { acme, theirs, marks, meta, account } = world;
    const before = await acme.get(theirs);
    const asked = meta.exchanges.length;
    const outcome = await outcomeOf(() => attempt(world, theirs));
    // the id is rival's own word, and may be repeated to it
    const shown = rendered(outcome).replaceAll(theirs, "con_unknown");
    expectNothingOf(shown, marks);
    if (REFUSED.includes(name)) {
      expect(outcome).toMatchObject({ code: "connection_not_found" });
      const never = await outcomeOf(() => attempt(world, "con_unknown"));
      expect(withoutPlace(shown)).toBe(withoutPlace(rendered(never)));
    }
    expect(await acme.get(theirs)).toEqual(before);
    const tokens = meta.exchanges.slice(asked).map(({ request }) => request.headers.authorization);
    // to connect a number one must bring its token; no other call of rival's uses it
    if (name !== "connect") expect(tokens).not.toContain(`Bearer ${account.token}`);
  });

  it.each(Object.entries(PLATFORM))("is spoken of alone where the client answers for it: %s", async (_name, ask) => {
    const world = await openNeighbours();
    expectNothingOf(rendered(await outcomeOf(() => ask(world))), world.marks);
  });

  it("is refused a number of another's without a word about whose it is, and keeps nothing of the attempt", async () => {
    const { rival, account, marks, storage, theirs } = await openNeighbours();
    const before = await rival.list();
    const linking = rival.connect("cloud-api", { ...account.input, label: "Mine" });
    const refusal = await outcomeOf(() => linking);
    expect(refusal).toMatchObject({ code: "number_in_use", httpStatus: 409 });
    expectNothingOf(rendered(refusal), marks);
    expect(isWadeskError(refusal) && refusal.message).toContain("already connected");
    // the attempt came and went, which its own changes tell
    expect(await rival.list()).toEqual({ ...before, changes: expect.any(String) });
    const { items } = await storage.records.scan("");
    expect(items.filter(({ namespace }) => namespace.includes(linking.connectionId))).toEqual([]);
    expect((await storage.connections.byRoute(`cloud-api:${account.numberId}`))?.id).toBe(theirs);
  });

  it("gets its own events and no other's, also those of an account that both are on", async () => {
    const { wadesk, meta, account, own, marks } = await openNeighbours();
    const seen: WadeskEvent[] = [];
    wadesk.on("event.completed", (event) => void seen.push(event));
    meta.addContact({ phone: "+5511999990009" }).send(own.numberId, text("For rival"));
    meta.addContact({ phone: "+5511999990001", name: "Ana of Acme" }).send(account.numberId, text("A secret of Acme's"));
    meta.notify(account.wabaId, "account_review_update", { decision: "APPROVED" });
    await meta.settled();
    const of = (workspaceId: string) => seen.filter((event) => event.workspaceId === workspaceId);
    expect(
      of("rival-tenant")
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["account.changed", "message.received"]);
    expect(
      of("acme-tenant")
        .map(({ type }) => type)
        .sort(),
    ).toEqual(["account.changed", "message.received"]);
    expectNothingOf(rendered(of("rival-tenant")), marks);
  });

  it("may use the idempotency key that another used, and has its own dead letters", async () => {
    const { wadesk, rival, meta, account, own, marks } = await openNeighbours();
    const bob = meta.addContact({ phone: "+5511999990009" });
    wadesk.process("message.received", () => {
      throw new Error("the database is away");
    });
    bob.send(own.numberId, text("For rival"));
    meta.addContact({ name: "Ana of Acme" }).send(account.numberId, text("A secret of Acme's"));
    await meta.settled();
    const sent = await rival.send({ to: bob.phone ?? "", content: hello, idempotencyKey: "order-1" });
    expect(meta.sent.at(-1)).toMatchObject({ id: sent.providerId, numberId: own.numberId });
    await meta.settled();
    const dead = await wadesk.deadLetters.list({ workspaceId: "rival-tenant" });
    expect(dead.items.map(({ event }) => event.workspaceId)).toEqual(["rival-tenant"]);
    expectNothingOf(rendered(dead), marks);
    expect((await wadesk.deadLetters.list({ workspaceId: "acme-tenant" })).items).toHaveLength(1);
    expect((await wadesk.deadLetters.list()).items).toHaveLength(2);
  });
});
