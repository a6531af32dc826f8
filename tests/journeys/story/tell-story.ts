import type { Connection, ConnectionList, SentMessage, WadeskEvent } from "@wadesk/core";
import { expect } from "vitest";
import type { Host } from "./host.ts";
import type { SignedWebhook, Vendor } from "./vendor.ts";

// what a parser on the way, or one more round through JSON, would not give back
const AWKWARD = 'Olá "Ana" \\ a/b é 🟢\n+ & = %20';

/**
 * The story of an application and a vendor, told over HTTP alone: the number is connected, the person writes and is answered, a message goes
 * out and climbs to read, the person replies to it, and webhooks that are not the vendor's are refused.
 */
export async function tellStory(host: Host, vendor: Vendor): Promise<void> {
  const callback = `${host.origin}/webhooks/whatsapp/inbound`;
  await vendor.attach(callback);

  const connection = await call<Connection>(host, "/connections", 201, vendor.input);
  expect(connection).toMatchObject({ phone: vendor.number, primary: true, status: { state: "connected" } });
  const { items } = await call<ConnectionList>(host, "/connections", 200);
  expect(items.map(({ id }) => id)).toEqual([connection.id]);

  await vendor.write(AWKWARD);
  const first = await host.until(isText(AWKWARD));
  expect(first.data).toMatchObject({ contact: { phone: vendor.person }, connection: { id: connection.id } });
  expect(vendor.heard()).toEqual([{ text: `Thank you, we got: ${AWKWARD}`, replyTo: vendor.quotes ? messageOf(first) : undefined }]);

  const content = { kind: "text", text: `Ready: ${AWKWARD}` };
  const sent = await call<SentMessage>(host, "/messages", 202, { to: vendor.person, content });
  await vendor.settled();
  expect(vendor.heard().at(-1)).toEqual({ text: content.text, replyTo: undefined });
  await host.until(({ type, data }) => type === "message.status" && data.messageId === sent.providerId && data.standing === "read");
  await vendor.write("Yes", sent.providerId);
  expect((await host.until(isText("Yes"))).data).toMatchObject({ replyTo: sent.providerId });

  const genuine = vendor.place("Praça da Sé / São Paulo 🟢", callback);
  const [header, value] = genuine.signature;
  const forged = { ...genuine, body: genuine.body.replace(/Sao|São|S%C3%A3o/, "Rio") };
  expect(forged.body).not.toBe(genuine.body);
  expect(await deliver(callback, forged)).toEqual([401, "signature_invalid"]);
  expect(await deliver(callback, { ...genuine, signature: [header, value.replace(/.{3}$/, "AAA")] })).toEqual([401, "signature_invalid"]);
  expect(await deliver(callback, { ...genuine, signature: ["x-nothing", value] })).toEqual([401, "signature_missing"]);
  for (const method of ["HEAD", "OPTIONS"]) {
    const answer = await fetch(callback, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST"]);
  }
  expect(await deliver(callback, genuine)).toEqual([200, undefined]);
  await host.until(({ type, data }) => type === "message.received" && data.content.kind === "location");
  const places = host.events.flatMap(({ type, data }) =>
    type === "message.received" && data.content.kind === "location" ? [data.content] : [],
  );
  expect(places).toMatchObject([{ name: "Praça da Sé / São Paulo 🟢" }]);
}

async function call<Value>({ origin }: Host, path: string, status: number, body?: object): Promise<Value> {
  const post = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(origin + path, post);
  const value: unknown = await answer.json();
  expect([answer.status, value]).toEqual([status, expect.anything()]);
  return value as Value;
}

async function deliver(callback: string, { body, contentType, signature }: SignedWebhook): Promise<[status: number, code: unknown]> {
  const headers = { "content-type": contentType, [signature[0]]: signature[1] };
  const answer = await fetch(callback, { method: "POST", headers, body });
  const text = await answer.text();
  return [answer.status, answer.ok ? undefined : (JSON.parse(text) as { error: { code: unknown } }).error.code];
}

function isText(text: string): (event: WadeskEvent) => boolean {
  return ({ type, data }) => type === "message.received" && data.content.kind === "text" && data.content.text === text;
}

function messageOf({ type, data }: WadeskEvent): string | undefined {
  return type === "message.received" ? data.messageId : undefined;
}
