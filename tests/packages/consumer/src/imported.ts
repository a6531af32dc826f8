// An application and its tests, as a user writes them: every public entry but the contracts and the MSW handlers is imported, compiled strictly and used once.
import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Channel, createWadesk, isWadeskError, memoryStorage, WadeskError } from "@wadesk/core";
import { createFakeMeta, manualClock, signMeta } from "@wadesk/testing";
import { verifyMetaSignature } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toNode } from "@wadesk/webhooks/node";

assert.ok(isWadeskError(new WadeskError("signature_invalid"), "signature_invalid"));
assert.throws(() => createWadesk({ channels: [], storage: memoryStorage(), encryptionKeys: undefined }), { name: "WadeskError" });

const body = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}');
assert.equal(await verifyMetaSignature({ body, signature: signMeta(body, "secret"), appSecret: "secret" }), true);
assert.equal(await verifyMetaSignature({ body, signature: signMeta(body, "other"), appSecret: "secret" }), false);

const server = createServer(toNode((request) => new Response(request.url)));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const answer = await fetch(`http://127.0.0.1:${port}/hello`);
assert.equal(new URL(await answer.text()).pathname, "/hello");
server.close();
assert.equal(toExpress(() => new Response()).length, 3);

const meta = createFakeMeta({ clock: manualClock().clock });
const refused = await meta.fetch(new Request("https://graph.facebook.com/v23.0/debug_token?input_token=none"));
assert.ok(refused.status >= 400 && refused.status < 500);
await meta.close();

/** A fourth channel is typed against the port alone. */
export type FourthChannel = Channel<"telex", { readonly line: string }, object, object, object>;
