import { inspect } from "node:util";
import { createWadesk } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import { expect, it } from "vitest";
import { ENCRYPTION_KEYS, openWorld, VERIFY_TOKEN } from "./world/open-world.ts";
import { outcomeOf, rendered } from "./world/rendered.ts";
import { secretSearch } from "./world/secret-search.ts";

const ADMIN_TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const ADMIN_SID = `AC${"0123456789abcdef".repeat(2)}`;

/** Everything that can be reached from a value: by its own names and symbols, hidden ones and getters too, its prototypes, maps and sets. */
function reachableFrom(root: unknown): ReadonlySet<unknown> {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
    if (seen.has(value)) continue;
    seen.add(value);
    if (!isHolder) continue;
    if (value instanceof Map) waiting.push(...value.keys(), ...value.values());
    if (value instanceof Set) waiting.push(...value);
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      waiting.push(key, property?.value, property?.get, property?.set);
    }
    waiting.push(Object.getPrototypeOf(value));
  }
  return seen;
}

it("no walk from the client, its workspaces or a connection in the making comes upon a secret, and no function on the way gives one away", async () => {
  const world = await openWorld({ extra: [twilio({ accountSid: ADMIN_SID, authToken: ADMIN_TOKEN })] });
  const { wadesk, account, app, meta } = world;
  const acme = wadesk.workspace("acme");
  const linking = acme.connect("cloud-api", account.input);
  await linking;
  // whatever is opened on the way has been opened
  meta.addContact({ phone: "+5511999990000" }).send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  await wadesk.settings.read("twilio");
  const roots = [wadesk, acme, linking, acme.list(), wadesk.settings];
  const found = new Set(roots.flatMap((root) => [...reachableFrom(root)]));
  expect(found.size).toBeGreaterThan(100);

  const search = secretSearch();
  const texts = [...found].filter((value) => typeof value === "string" || typeof value === "symbol" || value instanceof Uint8Array);
  search.note("the walk", texts.map(String));
  search.note("inspect", inspect(roots, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true, maxArrayLength: null }));
  search.note("rendered", rendered(roots));

  // what stands on the way to the vendors' doors is called with whatever a stranger can think of
  const doors = [...reachableFrom(wadesk.inbound.sources)].filter((value) => typeof value === "function" && !isBuiltIn(value));
  expect(doors.length).toBeGreaterThan(3);
  for (const door of doors as readonly ((...values: unknown[]) => unknown)[]) {
    for (const values of [
      [],
      [`twilio:${ADMIN_SID}`],
      [`cloud-api:${account.wabaId}`],
      [ADMIN_SID, {}],
      [account.wabaId, {}],
      ["appSecret"],
    ]) {
      search.note(`a call of ${door.name}`, await outcomeOf(() => Reflect.apply(door, undefined, values)));
    }
  }
  const secrets = {
    "the app secret": app.secret,
    "the verify token": VERIFY_TOKEN,
    "the access token": account.token,
    "the admin's token": ADMIN_TOKEN,
    "the encryption key": ENCRYPTION_KEYS.slice(3),
    "the bytes of the encryption key": Buffer.from(ENCRYPTION_KEYS.slice(3), "base64url"),
  };
  expect(search.find(secrets)).toEqual([]);
});

it("the credentials and the query of the public address are not had from the client", async () => {
  const wadesk = createWadesk({
    channels: [twilio({ accountSid: ADMIN_SID, authToken: ADMIN_TOKEN })],
    encryptionKeys: ENCRYPTION_KEYS,
    publicUrl: "https://hook:s3cr3t-word@Chat.example.com/App?key=qu3ry-word",
  });
  const search = secretSearch();
  const texts = [...reachableFrom(wadesk)].filter((value) => typeof value === "string" || value instanceof URL);
  search.note("the walk", texts.map(String));
  search.note("inspect", inspect(wadesk, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }));
  search.note("rendered", rendered(wadesk));
  expect(search.find({ "the password": "s3cr3t-word", "the key": "qu3ry-word" })).toEqual([]);
  expect(wadesk.inbound.publicUrl?.href).toBe("https://chat.example.com/App");
});

// those of the language itself, which every function and object leads to
function isBuiltIn(value: unknown): boolean {
  return /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(value));
}
