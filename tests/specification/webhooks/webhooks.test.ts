import { normalizeMeta } from "@wadesk/cloud-api/inbound";
import { isWadeskError } from "@wadesk/core";
import { createFakeMeta, type FakeContact, type FakeMeta, manualClock } from "@wadesk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingSpecification } from "../file/document.ts";
import { type Node, valueAt } from "../file/patch.ts";
import { theSpecification } from "../specification.ts";
import { mutationsOf } from "../table/mutations.ts";
import { KNOWN_VALUES, webhookOf } from "./known-values.ts";
import { missingFrom } from "./shape.ts";
import { STATUS_EXAMPLES, STATUS_SOURCE } from "./status-examples.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

const EXAMPLES = "/paths/~1whatsapp~1webhooks/post/requestBody/content/application~1json/examples";

function examples(): Record<string, Node> {
  const all = valueAt(theSpecification().document, EXAMPLES) as Record<string, { value: Node }>;
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

describe.skipIf(missing)("the file's webhook examples", () => {
  it("are 16", () => {
    expect(Object.keys(examples())).toHaveLength(16);
  });

  it("are all read, each as something known and with a key of its own", () => {
    for (const [name, example] of Object.entries(examples())) {
      const events = normalizeMeta(example);
      expect(events, name).not.toEqual([]);
      expect(
        events.map(({ type }) => type),
        name,
      ).not.toContain("event.unknown");
      expect(new Set(events.map(({ key }) => key)).size, name).toBe(events.length);
    }
  });

  it("are read as what they are", () => {
    const typesOf = (name: string): string[] => normalizeMeta(examples()[name]).map((event) => event.type);
    expect(typesOf("Text Message")).toEqual(["message.received"]);
    expect(typesOf("Order Message")).toEqual(["message.received"]);
    expect(typesOf("System Message")).toEqual(["contact.changed"]);
    expect(typesOf("Group Settings Update")).toEqual(["group.changed"]);
  });
});

describe("our own status examples", () => {
  it("name Meta's page", () => {
    expect(STATUS_SOURCE).toMatch(/^https:\/\/developers\.facebook\.com\//);
  });

  it("are read as statuses", () => {
    for (const [name, example] of Object.entries(STATUS_EXAMPLES)) {
      expect(normalizeMeta(example), name).toMatchObject([{ type: "message.status", data: { status: name } }]);
    }
  });
});

describe("known values", () => {
  it.each(KNOWN_VALUES.map((known) => [known.name, known] as const))("are read as what they are: %s", (_, known) => {
    expect(normalizeMeta(webhookOf(known)).map(({ type }) => type)).toEqual([known.type]);
  });

  it("never throw, whatever is left out or of another type", () => {
    const whole = [...KNOWN_VALUES.map(webhookOf), ...Object.values(missing ? {} : examples())];
    const broken = whole.flatMap((webhook) => mutationsOf({}, {}, webhook));
    const thrown = broken.flatMap(({ name, value }) => {
      try {
        return normalizeMeta(value).every(({ key, route, orderKey }) => key && route && orderKey)
          ? []
          : [`${name}: an event without an address`];
      } catch (error) {
        return isWadeskError(error, "body_invalid") ? [] : [`${name}: ${error}`];
      }
    });
    expect(thrown).toEqual([]);
    expect(broken.length).toBeGreaterThan(1_000);
  });
});

describe("the fake Meta's webhooks", () => {
  const { clock, advance } = manualClock();
  const sent: Node[] = [];
  let meta: FakeMeta;
  let person: FakeContact;
  let numberId: string;
  let say: (message: Node) => Promise<string>;

  beforeAll(async () => {
    meta = createFakeMeta({
      clock,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const challenge = new URL(request.url).searchParams.get("hub.challenge");
        if (challenge === null) sent.push((await request.json()) as Node);
        return new Response(challenge);
      },
    });
    const app = meta.addApp();
    await app.setWebhook({ url: "https://host.example/webhook", verifyToken: "verify" });
    const waba = meta.addWaba();
    numberId = meta.addNumber({ wabaId: waba.id }).id;
    person = meta.addContact({ phone: "+5511999990000", name: "Ana" });
    const token = meta.addToken({ appId: app.id, wabaIds: [waba.id] });
    const post = async (path: string, body: Node): Promise<{ messages?: { id: string }[] }> => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const request = new Request(`https://graph.facebook.com/v23.0/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return (await (await meta.fetch(request)).json()) as { messages?: { id: string }[] };
    };
    await post(`${waba.id}/subscribed_apps`, {});
    say = async (message) => {
      const { messages } = await post(`${numberId}/messages`, { messaging_product: "whatsapp", to: person.phone, ...message });
      return messages?.[0]?.id ?? "";
    };
  });
  afterAll(() => meta.close());

  /** The webhooks that something brought about. */
  async function after(work: () => unknown): Promise<Node[]> {
    sent.length = 0;
    await work();
    await meta.settled();
    await advance(1_000);
    return [...sent];
  }

  const WRITTEN: [string, Node & { type: string }][] = [
    ["Text Message", { type: "text", text: { body: "Is it ready?" } }],
    ["Reaction Message", { type: "reaction", reaction: { message_id: "wamid.A", emoji: "👍" } }],
    [
      "Location Message",
      { type: "location", location: { latitude: -8.05, longitude: -34.9, name: "Home", address: "Rua 1", url: "https://a.example" } },
    ],
    [
      "Interactive Button Reply Message",
      { type: "interactive", context: { id: "wamid.A" }, interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes" } } },
    ],
    ["Button Message", { type: "button", context: { id: "wamid.A" }, button: { payload: "thanks", text: "Thanks" } }],
  ];

  it.skipIf(missing).each(WRITTEN)("have all that the file's example has: %s", async (name, message) => {
    const [webhook, ...others] = await after(() => person.send(numberId, message));
    expect(others).toEqual([]);
    expect(missingFrom(webhook, examples()[name])).toEqual([]);
  });

  it.skipIf(missing)("have all that the file's example has: Image Message", async () => {
    const file = { type: "image", bytes: new Uint8Array([1, 2, 3]), mimeType: "image/jpeg", caption: "Bread" } as const;
    const [webhook] = await after(() => person.sendFile(numberId, file));
    expect(missingFrom(webhook, examples()["Image Message"])).toEqual([]);
  });

  it("have all that a status has: sent, delivered, read and played", async () => {
    person.send(numberId, { type: "text", text: { body: "Hello" } });
    const file = { link: "https://bakery.example/hello.ogg", voice: true };
    const webhooks = await after(() => say({ type: "audio", audio: file }));
    const steps = ["sent", "delivered", "read", "played"];
    expect(webhooks.map(statusOf).filter(Boolean)).toEqual(steps);
    const statuses = webhooks.filter(statusOf);
    expect(statuses.flatMap((webhook, index) => missingFrom(webhook, STATUS_EXAMPLES[steps[index] ?? ""]))).toEqual([]);
  });

  it("have all that a failure has, and no contacts", async () => {
    person.change({ onWhatsApp: false });
    const [webhook] = await after(() => say({ type: "text", text: { body: "Hello?" } }));
    person.change({ onWhatsApp: true });
    expect(missingFrom(webhook, STATUS_EXAMPLES.failed)).toEqual([]);
    expect(valueAt(webhook, "/entry/0/changes/0/value/contacts")).toBeUndefined();
  });

  it("are told from the example where they lack a field or have one of another type", () => {
    const example = { entry: [{ id: "1", changes: [{ value: { timestamp: "1", billable: true } }] }] };
    expect(missingFrom(example, example)).toEqual([]);
    const changed = { entry: [{ changes: [{ value: { timestamp: 1, billable: true, more: "1" } }] }] };
    expect(missingFrom(changed, example)).toEqual([".entry[].id is missing", ".entry[].changes[].value.timestamp is number, not string"]);
  });
});

function statusOf(webhook: Node): unknown {
  return valueAt(webhook, "/entry/0/changes/0/value/statuses/0/status");
}
