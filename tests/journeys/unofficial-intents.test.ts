import { isWadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";

const hello = { to: "+15550002222", content: { kind: "text", text: "Hello" } } as const;

/** The shop's phone linked by a host that keeps its session, and another process, which holds nothing. */
async function kept(elsewhere: "runs" | "only asks") {
  const world = await openPhones();
  const [one, two] = [world.host(), world.host()];
  await one.wadesk.start();
  const { id } = await linkShop(one, world.shop);
  const [client] = world.shop.clients;
  if (client === undefined) throw new Error("there is no client");
  if (elsewhere === "runs") await two.wadesk.start();
  await world.time.advance(5000);
  one.changes.forget();
  /** Moves the time by the two seconds after which an owner looks, and then by moments, for what WhatsApp still has to answer. */
  const carriedOut = async (isDone: () => boolean | Promise<boolean>): Promise<boolean> => {
    await world.time.advance(2000);
    for (let moment = 0; moment < 1000 && !(await isDone()); moment += 1) await world.time.advance(1);
    return isDone();
  };
  return { ...world, one, two, id, client, acme: two.wadesk.workspace("acme"), carriedOut };
}

describe.each(["runs", "only asks"] as const)("asked in a process that %s and holds no session", (elsewhere) => {
  it("disconnect logs the device out at WhatsApp within two seconds, and nothing of it is kept", async () => {
    const { id, acme, shop, storage, carriedOut } = await kept(elsewhere);
    await acme.disconnect(id);
    const ended = async () => (await acme.get(id)).status.state === "disconnected";
    expect(await carriedOut(ended)).toBe(true);
    expect((await acme.get(id)).status).toMatchObject({ reason: "requested" });
    expect([shop.clients, (await storage.records.scan("record/")).items, await acme.intent(id)]).toEqual([[], [], undefined]);
  });

  it("remove logs the device out at WhatsApp within two seconds, and the connection is gone", async () => {
    const { id, acme, shop, storage, carriedOut } = await kept(elsewhere);
    await acme.remove(id);
    expect(await carriedOut(async () => (await acme.list()).items.length === 0)).toBe(true);
    expect([shop.clients, (await storage.records.scan("record/")).items]).toEqual([[], []]);
  });

  it("rename is done at once, and the session goes on", async () => {
    const { id, acme, one, client } = await kept(elsewhere);
    await acme.rename(id, "Till");
    expect((await one.wadesk.workspace("acme").get(id)).label).toBe("Till");
    expect(client.isConnected).toBe(true);
  });

  it("check asks WhatsApp within two seconds", async () => {
    const { id, acme, web, time, carriedOut } = await kept(elsewhere);
    const pings = (): number => web.transcript().match(/<ping\/>/g)?.length ?? 0;
    const before = pings();
    await acme.check(id);
    expect(await carriedOut(async () => (await acme.intent(id)) === undefined)).toBe(true);
    expect(pings()).toBe(before + 1);
    expect((await acme.get(id)).lastSeenAt).toBeGreaterThan(time.now() - 5000);
  });

  it("send is refused, naming the bridge, and nothing goes out later either", async () => {
    const { acme, ana, time } = await kept(elsewhere);
    const refused = await acme.send(hello).catch((error: unknown) => error);
    expect(isWadeskError(refused, "session_elsewhere") && refused.message).toContain("bridge");
    await time.advance(10_000);
    expect(ana.messages).toEqual([]);
  });
});

it("cancel ends another process's first attempt within two seconds, and nothing of it stays at WhatsApp", async () => {
  const { shop, host, storage, time, web } = await openPhones();
  const [one, two] = [host(), host()];
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  const refused = expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  for await (const step of linking) if (step.type === "qr") break;
  const acme = two.wadesk.workspace("acme");
  const [attempt] = (await acme.list()).items;
  await acme.cancel(attempt?.id ?? "");
  await time.advance(2100);
  await refused;
  await web.until("the client's end", () => (shop.clients.length === 0 ? true : undefined));
  expect([(await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], []]);
});

it("cancel ends another process's pairing again within two seconds, and the session that it was to replace goes on", async () => {
  const { shop, acme, one, two, id, client, time } = await kept("only asks");
  const linking = one.wadesk.workspace("acme").reconnect(id, "unofficial", { phone: SHOP });
  const refused = expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  for await (const step of linking) if (step.type === "qr") break;
  await two.wadesk.workspace("acme").cancel(id);
  await time.advance(2100);
  await refused;
  expect([shop.clients.map((each) => each.id), client.isConnected]).toEqual([[client.id], true]);
  expect((await acme.get(id)).status.state).toBe("connected");
  await one.wadesk.workspace("acme").send(hello);
});

it("a workspace of somebody else's reaches none of it", async () => {
  const { two, id, client } = await kept("only asks");
  const globex = two.wadesk.workspace("globex");
  for (const ask of [globex.disconnect(id), globex.remove(id), globex.rename(id, "Mine"), globex.check(id), globex.cancel(id)])
    await expect(ask).rejects.toMatchObject({ code: "connection_not_found" });
  expect(client.isConnected).toBe(true);
});
