import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid } from "../directory/directory.ts";
import { SERVER_JID } from "../directory/jid.ts";
import type { World } from "../server/world.ts";
import type { Connection } from "../wire/connection.ts";
import { node } from "../wire/node.ts";

/** Lets a linked client in: with the Noise key it was linked with, in a version that is not outdated, to an account that nothing was done to. */
export function logIn(world: World, connection: Connection): void {
  const { username, device: id } = connection.hello;
  const account = world.directory.byNumber(String(username ?? ""));
  const device = account?.devices.get(id ?? 0);
  const fault = world.faults.take(["login_refused"]);
  if (fault !== undefined) fail(connection, { reason: String(fault.code), ...fault.attributes });
  else if (isNameless(connection)) fail(connection, { reason: BAD_USER_AGENT });
  else if (isOutdated(world, connection)) fail(connection, { reason: "405" });
  else if (account?.refusal !== undefined) fail(connection, account.refusal);
  else if (account === undefined || device?.kind !== "linked" || !device.staticKey.equals(connection.staticKey))
    fail(connection, { reason: "401" });
  else admit(world, connection, account, device);
}

/** What a client meets that does not say what it is, as whatsmeow names the code (types/events/events.go). */
export const BAD_USER_AGENT = "409";

/** Whether a client does not say what it is, as every client does. */
export function isNameless({ hello: { userAgent } }: Connection): boolean {
  return userAgent?.appVersion == null;
}

/** Ends a connection before its login with `<failure reason>`, which Baileys 7.0.0-rc14 hands on as the close's status code. */
export function fail(connection: Connection, attributes: Readonly<Record<string, string>>): void {
  connection.send(node("failure", { location: "lla", ...attributes }));
  connection.close();
}

/** Whether a client is older than the server lets in; `<failure reason="405">` says so, to one that asks to be linked as well. */
export function isOutdated({ settings: { oldestVersion } }: World, { hello }: Connection): boolean {
  const { primary, secondary, tertiary } = hello.userAgent?.appVersion ?? {};
  const version = [primary ?? 0, secondary ?? 0, tertiary ?? 0];
  const difference = oldestVersion?.map((part, index) => (version[index] ?? 0) - part).find((each) => each !== 0) ?? 0;
  return difference < 0;
}

function admit(world: World, connection: Connection, account: Account, device: LinkedDevice): void {
  const before = device.connection;
  if (before !== undefined) {
    // one device, one connection: the newer one stays
    before.send(node("stream:error", {}, [node("conflict", { type: "replaced" })]));
    device.mailbox.close();
    before.close();
  }
  device.connection = connection;
  world.sessions.set(connection, { connection, account, device });
  const t = world.seconds();
  connection.send(
    node("success", { t, lid: lidJid(account, device.id), display_name: account.name, location: "lla", creation: t, props: "30" }),
  );
  const { routingInfo } = world.settings;
  if (routingInfo === undefined) return;
  connection.send(node("ib", { from: SERVER_JID }, [node("edge_routing", {}, [node("routing_info", {}, routingInfo)])]));
}
