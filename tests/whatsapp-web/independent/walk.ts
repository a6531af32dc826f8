import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { tinyPng } from "../tiny-png.ts";
import { type ClientStore, independentClient, type OpenedClient } from "./independent-client.ts";

/**
 * A client that others have written walks through what the server can do: `WADESK_INDEPENDENT_CLIENT=<folder> node walk.ts`. Prints a line for each
 * step; ends with 1 where one failed or could not be tried.
 */
const folder = process.env.WADESK_INDEPENDENT_CLIENT;
if (folder === undefined) {
  console.error("WADESK_INDEPENDENT_CLIENT names the folder of the built client (zapo-js 1.8.0); without it nothing is walked");
  process.exit(1);
}
const library = independentClient(folder);
const picture = tinyPng();
const web: WhatsAppWeb = await createWhatsAppWeb();
const shop: Phone = web.addPhone({ number: "15550001111", name: "Shop" });
const ann: Phone = web.addPhone({ number: "15550002222", name: "Ann", companions: 1 });
const bob: Phone = web.addPhone({ number: "15550003333", name: "Bob" });
const store: ClientStore = library.store();
let walker: OpenedClient = library.open(web, store);
let linked: LinkedClient;

const isOpen = (data: object): boolean => "status" in data && data.status === "open";
const keyOf = (data: object) =>
  (data as { readonly key: { readonly id: string; readonly remoteJid: string; readonly participant?: string } }).key;
const contentOf = (data: object) => (data as { readonly message?: Record<string, unknown> }).message ?? {};
const arrived = (id: string) => walker.next("message", (data) => keyOf(data).id === id);
const emptied = () => web.until("an empty queue", () => (linked.waiting === 0 ? true : undefined));
const textOf = ({
  content,
}: {
  readonly content: { readonly conversation?: string; readonly extendedTextMessage?: { readonly text?: string } };
}) => content.conversation ?? content.extendedTextMessage?.text;
const said = async (phone: Phone, id: string) => textOf(await phone.received((message) => message.id === id));

function same(found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

/** Links a client of its own by a code to a phone of its own. */
async function linkByCode(number: string, ownCode?: string): Promise<void> {
  const phone = web.addPhone({ number });
  const other = library.open(web, library.store());
  const connecting = other.client.connect();
  await other.next("auth_qr");
  const code = await other.client.auth.requestPairingCode(number, true, ownCode);
  if (ownCode !== undefined) same(code, ownCode);
  const client = await phone.type(code);
  await other.next("auth_paired");
  await client.connected();
  await other.next("connection", isOpen);
  await connecting.catch(() => {});
  await other.client.disconnect();
}

/** Goes away, lets something happen, and comes back. */
async function away(meanwhile: () => Promise<void> | void): Promise<void> {
  await emptied();
  await walker.client.disconnect();
  await linked.disconnected();
  await meanwhile();
  walker = library.open(web, store);
  await walker.client.connect();
  await walker.next("connection", isOpen);
}

const groups = (addressing: "number" | "lid") => async (): Promise<void> => {
  const group = ann.createGroup({ subject: `By ${addressing}`, members: [shop, bob], addressing });
  await walker.next("group");
  const { id } = await walker.client.message.send(group.jid, "hello all");
  for (const phone of [ann, bob]) same(await said(phone, id), "hello all");
  await ann.receipt(({ ids }) => ids.includes(id)).catch(() => {});
  const answer = bob.send(group, "hello yourself");
  const heard = await arrived(answer);
  same(contentOf(heard).conversation, "hello yourself");
  same(keyOf(heard).participant, addressing === "lid" ? bob.lid : bob.jid);
  same((await walker.client.group.queryGroupMetadata(group.jid)).participants.length, 3);
  const { id: second } = await walker.client.message.send(group.jid, "and again");
  for (const phone of [ann, bob]) same(await said(phone, second), "and again");
};

const STEPS: readonly (readonly [name: string, walk: () => Promise<void>])[] = [
  [
    "links by QR code, and comes back",
    async () => {
      shop.planHistory({
        type: "initial",
        progress: 100,
        chats: [{ chat: ann.jid, messages: [{ id: "PAST", content: "long ago", at: 1_000 }] }],
      });
      walker.client.connect().catch(() => {});
      const { qr } = (await walker.next("auth_qr")) as { readonly qr: string };
      linked = await shop.scan(qr);
      await walker.next("auth_paired");
      await linked.connected();
      await walker.next("connection", isOpen);
      await web.until("812 prekeys", () => (linked.preKeys > 800 ? true : undefined));
    },
  ],
  ["gets its history", async () => void same((await walker.next("history_sync_chunk")).progress, 100)],
  [
    "asks for older messages and gets them",
    async () => {
      shop.remember({ chat: ann.jid, messages: [{ id: "OLDER", content: "longer ago", at: 500 }] });
      const request = { chatJid: ann.jid, count: 5, oldestMsgId: "PAST", oldestMsgFromMe: false, oldestMsgTimestampMs: 1_000 };
      await walker.client.message.requestHistorySync(request);
      const { messagesCount } = (await walker.next("history_sync_chunk")) as { readonly messagesCount: number };
      same(messagesCount, 1);
    },
  ],
  ["links by a code of the client's making", () => linkByCode("15550007001")],
  ["links by a code of one's own", () => linkByCode("15550007002", "WADESK42")],
  [
    "proves itself by a passkey and is linked without comparing codes",
    async () => {
      const phone = web.addPhone({ number: "15550007003" });
      let asked = "";
      const grants = ({ credentialId }: { readonly credentialId: Buffer }): boolean => {
        asked = credentialId.toString();
        return true;
      };
      phone.demandPasskey({ grants });
      const signPasskeyAssertion = async () => ({ credentialId: Buffer.from("walker"), webauthnAssertion: Buffer.from("{}") });
      const other = library.open(web, library.store(), { signPasskeyAssertion });
      other.client.connect().catch(() => {});
      const { qr } = (await other.next("auth_qr")) as { readonly qr: string };
      const client = await phone.scan(qr);
      await client.connected();
      same(asked, "walker");
      await other.client.disconnect();
    },
  ],
  [
    "makes a new secret when it is told to, and is linked by that",
    async () => {
      const phone = web.addPhone({ number: "15550007004" });
      const other = library.open(web, library.store());
      other.client.connect().catch(() => {});
      const { qr } = (await other.next("auth_qr")) as { readonly qr: string };
      web.refreshQr(qr);
      const { qr: fresh } = (await other.next("auth_qr")) as { readonly qr: string };
      const client = await phone.scan(fresh);
      await client.connected();
      await other.client.disconnect();
    },
  ],
  ["logs in again with the server's key, in one message each", () => away(() => {})],
  [
    "logs in again where the server wants to shake hands from the start",
    async () => {
      const fault = web.fault({ kind: "resume_refused" });
      await away(() => {});
      same(fault.spent, true);
    },
  ],
  ...(["number", "lid"] as const).map((addressing): readonly [string, () => Promise<void>] => [
    `talks by ${addressing}, both ways`,
    async () => {
      const jid = addressing === "lid" ? ann.lid : ann.jid;
      for (const turn of [1, 2]) {
        const { id } = await walker.client.message.send(jid, `hello ${turn}`);
        same(await said(ann, id), `hello ${turn}`);
        await shop.copied((message) => message.id === id);
        const heard = await arrived(ann.send(shop, `back ${turn}`, { addressing }));
        same([contentOf(heard).conversation, keyOf(heard).remoteJid], [`back ${turn}`, jid]);
      }
      const other = await arrived(ann.send(shop, "from my tablet", { addressing, device: 1 }));
      same(contentOf(other).conversation, "from my tablet");
    },
  ]),
  [
    "is written to by number where it began by LID, and by LID where it began by number",
    async () => {
      for (const [number, to, from] of [
        ["15550008001", "lid", "number"],
        ["15550008002", "number", "lid"],
      ] as const) {
        const eve = web.addPhone({ number });
        const { id } = await walker.client.message.send(to === "lid" ? eve.lid : eve.jid, "hi");
        same(await said(eve, id), "hi");
        same(contentOf(await arrived(eve.send(shop, "hi back", { addressing: from }))).conversation, "hi back");
      }
    },
  ],
  [
    "gets receipts and gives them",
    async () => {
      const { id } = await walker.client.message.send(ann.lid, "have you read it?");
      const isFor = (status: string) => (data: object) => {
        const receipt = data as { readonly status: string; readonly messageIds: readonly string[] };
        return receipt.status === status && receipt.messageIds.includes(id);
      };
      await walker.next("receipt", isFor("delivered"));
      ann.read(await ann.received((message) => message.id === id));
      await walker.next("receipt", isFor("read"));
      const theirs = ann.send(shop, "and you?");
      const heard = await arrived(theirs);
      await ann.receipt(({ ids }) => ids.includes(theirs));
      await walker.client.message.sendReceipt(keyOf(heard).remoteJid, [theirs], { type: "read" });
      await ann.receipt(({ ids, type }) => ids.includes(theirs) && type === "read");
    },
  ],
  [
    // by LID alone: zapo 1.8.0 sends to the LID what it is told to send to a number, and names the message by the number all the same
    "reacts to a message by LID",
    async () => {
      const target = await arrived(ann.send(shop, "about this"));
      const { id } = await walker.client.message.send(ann.lid, { type: "reaction", emoji: "👍", target });
      same((await ann.received((message) => message.id === id)).attributes.type, "reaction");
    },
  ],
  ["talks in a group by number", groups("number")],
  ["talks in a group by LID", groups("lid")],
  [
    "makes a group",
    async () => {
      const { jid } = await walker.client.group.createGroup("Of its own", [ann.lid]);
      const { id } = await walker.client.message.send(jid, "welcome");
      same(await said(ann, id), "welcome");
    },
  ],
  [
    "sends a picture and gets one",
    async () => {
      const content = { type: "image", media: picture, mimetype: "image/png", caption: "look", width: 1, height: 1 };
      const { id } = await walker.client.message.send(ann.lid, content);
      const received = await ann.received((message) => message.id === id);
      same(Buffer.from(ann.download(received)).equals(picture), true);
      const heard = await arrived(ann.send(shop, ann.attach({ kind: "image", bytes: picture, mimetype: "image/png" })));
      same(Buffer.from(await walker.client.message.downloadBytes(heard)).equals(picture), true);
    },
  ],
  [
    "sends again what a phone could not read, and asks again for what it cannot",
    async () => {
      ann.forgetSessions();
      const { id } = await walker.client.message.send(ann.lid, "once more");
      same(await said(ann, id), "once more");
      for (const flaw of ["ciphertext", "session"] as const) {
        const theirs = ann.send(shop, `flawed ${flaw}`, { flaw });
        same(contentOf(await arrived(theirs)).conversation, `flawed ${flaw}`);
        await ann.receipt(({ ids, type }) => ids.includes(theirs) && type === "retry");
      }
    },
  ],
  [
    "finds what came while it was away, once and in order",
    async () => {
      const texts = Array.from({ length: 20 }, (_unused, index) => `waiting ${index}`);
      let ids: readonly string[] = [];
      await away(() => {
        ids = texts.map((text) => ann.send(shop, text));
      });
      await walker.next("offline_resume", (data) => data.status === "complete");
      await emptied();
      const heard = walker.events.filter(({ name, data }) => name === "message" && ids.includes(keyOf(data).id));
      same(
        heard.map(({ data }) => contentOf(data).conversation),
        texts,
      );
    },
  ],
];

let failed = 0;
console.log(`${library.name} against the WhatsApp Web server`);
for (const [name, walk] of STEPS) {
  try {
    await walk();
    web.assertClean();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`failed  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    web.takeComplaints();
    if (process.env.WADESK_INDEPENDENT_LOG !== undefined) console.log(web.transcript().slice(-6_000));
  }
}
console.log(`${STEPS.length - failed} of ${STEPS.length} steps`);
await walker.client.disconnect().catch(() => {});
await web.close().catch((error: unknown) => {
  failed += 1;
  console.log(String(error));
});
process.exit(failed === 0 ? 0 : 1);
