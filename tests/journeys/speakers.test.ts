import type { Connection } from "@wadesk/core";
import { createFakeTwilio, metaChange, metaText, signMeta, signTwilio, twilioBody, twilioCallback, twilioInbound } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { expect, it, onTestFinished } from "vitest";
import { openWorld, type World } from "./world/open-world.ts";

// one row for each who signs, one column for each what is named; a cell says who hears it, or that it is refused
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What each workspace's handlers were handed since the last look, by the label of the connection. */
function hearing({ process }: Pick<World["wadesk"], "process">): () => string {
  const heard: string[] = [];
  const note = ({ data }: { readonly data: { readonly connection: Connection } }): void => void heard.push(data.connection.label);
  for (const type of ["message.received", "message.status", "account.changed", "number.changed", "event.unknown"] as const) {
    process(type, note);
  }
  return () => heard.splice(0).sort().join(" ") || "nobody";
}

async function tableOf(
  signers: Readonly<Record<string, string>>,
  named: Readonly<Record<string, (secret: string) => Promise<string>>>,
): Promise<Table> {
  const table: Record<string, Record<string, string>> = {};
  for (const [signer, secret] of Object.entries(signers)) {
    const row: Record<string, string> = {};
    for (const [name, ask] of Object.entries(named)) row[name] = await ask(secret);
    table[signer] = row;
  }
  return table;
}

it("what a Meta app signs is heard by the numbers of that app alone, whatever it names, on a shared account and a moved one", async () => {
  const world = await openWorld();
  const { meta, app: one, wadesk, callback } = world;
  const two = meta.addApp();
  const [shared, apart] = [meta.addWaba().id, meta.addWaba().id];
  const number = (wabaId: string, app: typeof one) => {
    const { id } = meta.addNumber({ wabaId });
    return { id, input: { phoneNumberId: id, wabaId, accessToken: meta.addToken({ appId: app.id, wabaIds: [wabaId] }) } };
  };
  const numbers = { acme: number(shared, one), beta: number(shared, one), moved: number(shared, one) };
  const connected: Record<string, Connection> = {};
  for (const [label, { input }] of Object.entries(numbers)) {
    connected[label] = await wadesk.workspace(label).connect("cloud-api", { ...input, label });
  }
  // the platform moves to another app, and keeps the former one's secret for those who have not moved yet
  await wadesk.settings.change("cloud-api", { appId: two.id, appSecret: { add: two.secret } });
  const later = { gamma: number(shared, two), delta: number(apart, two) };
  for (const [label, { input }] of Object.entries(later)) {
    connected[label] = await wadesk.workspace(label).connect("cloud-api", { ...input, label });
  }
  const accessToken = meta.addToken({ appId: two.id, wabaIds: [shared] });
  await wadesk.workspace("moved").reconnect(connected.moved?.id ?? "", "cloud-api", { ...numbers.moved.input, accessToken });

  const hear = hearing(wadesk);
  const banned = async (): Promise<string> => {
    const found: string[] = [];
    for (const [label, { id }] of Object.entries(connected)) {
      if ((await wadesk.workspace(label).get(id)).status.state === "failed") found.push(label);
    }
    return found.sort().join(" ");
  };
  let time = Math.floor(Date.now() / 1000) + 5;
  const post = async (payload: { readonly entry: readonly object[] }, secret: string): Promise<number> => {
    // each a fact of its own
    time += 1;
    const body = JSON.stringify({ ...payload, entry: payload.entry.map((entry) => ({ ...entry, time })) });
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, secret) };
    return (await fetch(callback, { method: "POST", headers, body })).status;
  };
  const told = async (payload: { readonly entry: readonly object[] }, secret: string): Promise<string> => {
    const status = await post(payload, secret);
    return status === 200 ? hear() : "refused";
  };
  const message = (of: { readonly id: string }, wabaId: string) => async (secret: string) => {
    const text = metaText({ phoneNumberId: of.id, wabaId, id: `wamid.${time}` });
    return told(text, secret);
  };
  const ban = (wabaId: string) => async (secret: string) => {
    const update = (state: string) =>
      metaChange("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } }, { wabaId });
    const heard = await told(update("DISABLE"), secret);
    const fallen = (await banned()) || "nobody";
    if ((await post(update("REINSTATE"), secret)) === 200) hear();
    expect(await banned()).toBe("");
    return heard === fallen || heard === "refused" ? heard : `${heard}, and banned: ${fallen}`;
  };
  const change = (field: string, value: object) => (secret: string) => told(metaChange(field, value, { wabaId: shared }), secret);

  const table = await tableOf(
    { "app one": one.secret, "app two": two.secret, "nobody's app": "0".repeat(32) },
    {
      "acme's number": message(numbers.acme, shared),
      "beta's number": message(numbers.beta, shared),
      "gamma's number": message(later.gamma, shared),
      "delta's number": message(later.delta, apart),
      "the moved number": message(numbers.moved, shared),
      "acme's number under delta's account": message(numbers.acme, apart),
      "the shared account is banned": ban(shared),
      "delta's account is banned": ban(apart),
      "settings of beta's number": change("account_settings_update", { phone_number_settings: { phone_number_id: numbers.beta.id } }),
      "a handover of gamma's": change("messaging_handovers", { recipient: { phone_number_id: later.gamma.id } }),
      "two numbers at once": change("account_update", { event: "X", phone_number_ids: [numbers.acme.id, numbers.beta.id] }),
      "a field nobody knows": change("lunar_update", { moons: 2 }),
    },
  );
  const refused = Object.fromEntries(Object.keys(table["app one"] ?? {}).map((name) => [name, "refused"]));
  expect(table).toEqual({
    "app one": {
      "acme's number": "acme",
      "beta's number": "beta",
      "gamma's number": "nobody",
      "delta's number": "nobody",
      "the moved number": "nobody",
      "acme's number under delta's account": "acme",
      "the shared account is banned": "acme beta",
      "delta's account is banned": "nobody",
      "settings of beta's number": "beta",
      "a handover of gamma's": "nobody",
      "two numbers at once": "nobody",
      "a field nobody knows": "nobody",
    },
    "app two": {
      "acme's number": "nobody",
      "beta's number": "nobody",
      "gamma's number": "gamma",
      "delta's number": "delta",
      "the moved number": "moved",
      "acme's number under delta's account": "nobody",
      "the shared account is banned": "gamma moved",
      "delta's account is banned": "delta",
      "settings of beta's number": "nobody",
      "a handover of gamma's": "gamma",
      "two numbers at once": "nobody",
      "a field nobody knows": "nobody",
    },
    "nobody's app": refused,
  });
  expect(wadesk.inbound.passedOver()).toEqual({ unowned: 4, unspoken: 10 });
});

it("what a Twilio account's token signs is heard by the numbers of that account alone, also after a connection has moved", async () => {
  const fake = createFakeTwilio();
  const { url } = await fake.listen();
  onTestFinished(() => fake.close());
  const [admin, own, left] = [fake.addAccount(), fake.addAccount(), fake.addAccount()];
  const senders = [
    { workspaceId: "inherits", number: "+15550100001" },
    { workspaceId: "inherits too", number: "+15550100002" },
  ];
  const channel = twilio({ apiUrl: url, accountSid: admin.sid, authToken: admin.authToken, senders, retryDelayMs: 1 });
  const world = await openWorld({ extra: [channel] });
  const { wadesk, callback } = world;
  const connect = async (label: string, account: typeof own | undefined, number: string) => {
    const accountSid = (account ?? admin).sid;
    fake.addSender({ accountSid, number, webhook: { callbackUrl: callback } });
    const typed = account === undefined ? {} : { accountSid, authToken: account.authToken };
    return wadesk.workspace(label).connect("twilio", { mode: "production", from: number, ...typed, label });
  };
  await wadesk.settings.change("twilio", { webhookUrl: callback });
  await connect("inherits", undefined, "+15550100001");
  await connect("inherits too", undefined, "+15550100002");
  await connect("types the admin's", admin, "+15550100003");
  await connect("owns", own, "+15550100004");
  const { id } = await connect("moved", left, "+15550100005");
  fake.addSender({ accountSid: own.sid, number: "+15550100006", webhook: { callbackUrl: callback } });
  await wadesk
    .workspace("moved")
    .reconnect(id, "twilio", { mode: "production", accountSid: own.sid, authToken: own.authToken, from: "+15550100006" });

  const hear = hearing(wadesk);
  let count = 0;
  const told =
    (accountSid: string, number: string, of: "message" | "status" = "message") =>
    async (authToken: string) => {
      count += 1;
      const messageSid = `SM${String(count).padStart(32, "0")}`;
      const form =
        of === "message" ? twilioInbound({ accountSid, number, messageSid }) : twilioCallback({ accountSid, number, messageSid });
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signTwilio({ url: callback, parameters: form, authToken }),
      };
      const { status } = await fetch(callback, { method: "POST", headers, body: twilioBody(form) });
      return status === 200 ? hear() : "refused";
    };
  const table = await tableOf(
    { "the admin's token": admin.authToken, "the owner's token": own.authToken, "the token of the account that was left": left.authToken },
    {
      "a number of the admin's": told(admin.sid, "+15550100001"),
      "its neighbour's": told(admin.sid, "+15550100002"),
      "a status of its neighbour's": told(admin.sid, "+15550100002", "status"),
      "one on the admin's account whose token was typed": told(admin.sid, "+15550100003"),
      "the owner's number": told(own.sid, "+15550100004"),
      "a status of the owner's": told(own.sid, "+15550100004", "status"),
      "where the moved one is": told(own.sid, "+15550100006"),
      "where it was": told(left.sid, "+15550100005"),
      "the owner's number under the admin's account": told(admin.sid, "+15550100004"),
    },
  );
  const refused = Object.fromEntries(Object.keys(table["the admin's token"] ?? {}).map((name) => [name, "refused"]));
  expect(table).toEqual({
    "the admin's token": {
      ...refused,
      "a number of the admin's": "inherits",
      "its neighbour's": "inherits too",
      "a status of its neighbour's": "inherits too",
      "one on the admin's account whose token was typed": "types the admin's",
      "the owner's number under the admin's account": "nobody",
    },
    "the owner's token": {
      ...refused,
      "the owner's number": "owns",
      "a status of the owner's": "owns",
      "where the moved one is": "moved",
    },
    "the token of the account that was left": refused,
  });
});
