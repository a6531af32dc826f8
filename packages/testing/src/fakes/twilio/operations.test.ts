import { describe, expect, it } from "vitest";
import { messagesOf, openTwilio, type TwilioWorld } from "../../testing/open-twilio.ts";

const accountUrl = (sid: string): string => `https://api.twilio.com/2010-04-01/Accounts/${sid}.json`;
const SENDERS = "https://messaging.twilio.com/v2/Channels/Senders";
const CONTENT = "https://content.twilio.com/v1/Content";

describe("accounts", () => {
  it("prove themselves by SID and token", async () => {
    const { call, account } = openTwilio();
    const { sid, authToken } = account;
    expect(await call(accountUrl(sid))).toMatchObject({
      status: 200,
      body: { sid, status: "active", type: "Full", auth_token: authToken },
    });
    for (const as of ["", sid, `${sid}:`, `${sid}:${authToken}0`, `AC${"0".repeat(32)}:${authToken}`, `:${authToken}`]) {
      const refused = await call(accountUrl(sid), { as });
      expect(refused).toMatchObject({ status: 401, body: { code: 20003, status: 401 } });
      expect(refused.headers.get("www-authenticate")).toBe('Basic realm="Twilio API"');
    }
  });

  it("rotate their token by a second one", async () => {
    const { call, account } = openTwilio();
    const old = account.authToken;
    const token = account.addSecondaryToken();
    const statusAs = async (secret: string): Promise<number> =>
      (await call(accountUrl(account.sid), { as: `${account.sid}:${secret}` })).status;
    expect([await statusAs(old), await statusAs(token)]).toEqual([200, 200]);
    expect(account.promoteToken()).toBe(token);
    expect([await statusAs(old), await statusAs(token), account.authToken]).toEqual([401, 200, token]);
  });

  it("see themselves and their subaccounts, and nobody else", async () => {
    const { call, account, twilio } = openTwilio();
    const child = twilio.addAccount({ ownerSid: account.sid, status: "suspended" });
    expect(await call(accountUrl(child.sid))).toMatchObject({ status: 200, body: { status: "suspended", owner_account_sid: account.sid } });
    for (const url of [accountUrl(twilio.addAccount().sid), messagesOf(twilio.addAccount().sid)]) {
      expect(await call(url)).toMatchObject({ status: 404, body: { code: 20404 } });
    }
    const asChild = { as: `${child.sid}:${child.authToken}` };
    child.setStatus("active");
    expect(await call(accountUrl(account.sid), asChild)).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  it("cannot do anything once suspended but read themselves, and nothing once closed", async () => {
    const { call, account, send } = openTwilio();
    expect((await send({ Body: "a" })).status).toBe(201);
    account.setStatus("suspended");
    expect(await send({ Body: "a" })).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await call(accountUrl(account.sid))).toMatchObject({ status: 200, body: { status: "suspended" } });
    account.setStatus("closed");
    expect(await call(accountUrl(account.sid))).toMatchObject({ status: 401, body: { code: 20003 } });
  });
});

describe("messages", () => {
  it("are read one by one and in pages, newest first", async () => {
    const { call, account, send, ana, sender, twilio } = openTwilio();
    ana.send(sender.number, "Oi");
    for (const Body of ["one", "two"]) await send({ Body });
    await twilio.settled();
    const url = messagesOf(account.sid);
    const bodies = async (query: string): Promise<string[]> =>
      (await call(url + query)).body.messages.map(({ body }: { body: string }) => body);
    expect(await bodies("")).toEqual(["two", "one", "Oi"]);
    expect(await bodies(`?From=${encodeURIComponent(ana.address)}`)).toEqual(["Oi"]);
    expect(await bodies("?DateSent=2026-06-01")).toHaveLength(3);
    expect(await bodies("?DateSent%3C=2026-05-31")).toHaveLength(0);
    const page = (await call(`${url}?PageSize=2`)).body;
    expect(page).toMatchObject({ page: 0, page_size: 2, end: 1, previous_page_uri: null });
    const next = (await call(`https://api.twilio.com${page.next_page_uri}`)).body;
    expect(next).toMatchObject({ page: 1, next_page_uri: null, messages: [{ body: "Oi", direction: "inbound", status: "received" }] });
    for (const query of ["?PageSize=0", "?PageSize=1001", "?PageSize=ten", "?DateSent=soon"]) {
      expect(await call(url + query)).toMatchObject({ status: 400, body: { code: 20001 } });
    }
    const [{ sid }] = next.messages;
    expect((await call(url.replace(".json", `/${sid}.json`))).body).toMatchObject({ sid, body: "Oi" });
    expect(await call(url.replace(".json", `/SM${"0".repeat(32)}.json`))).toMatchObject({ status: 404, body: { code: 20404 } });
  });

  it("are marked as read by a typing indicator", async () => {
    const { call, ana, sender, twilio } = openTwilio();
    const messageId = ana.send(sender.number, "Oi");
    const url = "https://messaging.twilio.com/v2/Indicators/Typing.json";
    expect(await call(url, { form: { channel: "whatsapp", messageId } })).toMatchObject({ status: 200, body: { success: true } });
    expect(twilio.received).toMatchObject([{ typingShown: true }]);
    expect((await call(url, { form: { channel: "sms", messageId } })).body.code).toBe(20001);
    expect((await call(url, { form: { channel: "whatsapp", messageId: `SM${"0".repeat(32)}` } })).status).toBe(404);
  });
});

describe("senders", () => {
  it("are the account's own, by channel", async () => {
    const { call, twilio, sender } = openTwilio();
    twilio.addSender({ accountSid: twilio.addAccount().sid });
    const { body } = await call(`${SENDERS}?Channel=whatsapp`);
    expect(body.senders).toMatchObject([
      { sid: sender.sid, sender_id: `whatsapp:${sender.number}`, status: "ONLINE", offline_reasons: null },
    ]);
    expect(body.meta).toMatchObject({ key: "senders", page: 0, next_page_url: null });
    expect((await call(`${SENDERS}?Channel=rcs`)).body.senders).toEqual([]);
    for (const query of ["", "?Channel=telegram"])
      expect(await call(SENDERS + query)).toMatchObject({ status: 400, body: { code: 20001 } });
    sender.setStatus("OFFLINE");
    expect((await call(`${SENDERS}/${sender.sid}`)).body).toMatchObject({ status: "OFFLINE", offline_reasons: [{ code: "63112" }] });
  });

  it("take their webhook by JSON, and what Twilio's validation lets through", async () => {
    const { call, sender } = openTwilio();
    const url = `${SENDERS}/${sender.sid}`;
    const webhook = {
      callback_url: "https://new.example/in#rc=3",
      callback_method: "POST",
      status_callback_url: "https://new.example/status",
    };
    expect(await call(url, { json: { webhook } })).toMatchObject({ status: 202, body: { status: "ONLINE:UPDATING", webhook } });
    expect(sender.webhook).toEqual({
      callbackUrl: webhook.callback_url,
      callbackMethod: "POST",
      statusCallbackUrl: webhook.status_callback_url,
    });
    for (const json of [{}, [], { webhook: "x" }, { webhook: { callback_method: "GET" } }, { webhook: { callback_url: "new.example" } }]) {
      expect(await call(url, { json })).toMatchObject({ status: 400, body: { code: 63100 } });
    }
    expect(await call(url, { form: { webhook: "x" } })).toMatchObject({ status: 400, body: { code: 63100 } });
    expect(await call(`${SENDERS}/XE${"0".repeat(32)}`)).toMatchObject({ status: 404, body: { code: 20404 } });
  });
});

describe("content", () => {
  it("tells itself and its approval, to its own account", async () => {
    const { call, contentSid, twilio, account } = openTwilio();
    expect((await call(`${CONTENT}/${contentSid}`)).body).toMatchObject({ sid: contentSid, variables: { 2: "today" }, language: "en" });
    expect((await call(`${CONTENT}/${contentSid}/ApprovalRequests`)).body.whatsapp).toMatchObject({
      status: "approved",
      category: "UTILITY",
    });
    expect((await call(CONTENT)).body.contents).toHaveLength(1);
    expect((await call("https://content.twilio.com/v1/ContentAndApprovals")).body.contents).toMatchObject([
      { approval_requests: { status: "approved" } },
    ]);
    const draft = twilio.addContent({ accountSid: account.sid, approval: "unsubmitted" });
    expect((await call(`${CONTENT}/${draft.sid}/ApprovalRequests`)).body).not.toHaveProperty("whatsapp");
    const strangers = twilio.addContent({ accountSid: twilio.addAccount().sid });
    expect(await call(`${CONTENT}/${strangers.sid}`)).toMatchObject({ status: 404, body: { code: 20404 } });
  });
});

describe("paths", () => {
  const refused: readonly [string, (world: TwilioWorld) => string, string, number, number][] = [
    ["that nobody knows", () => "https://api.twilio.com/2010-04-01/Poems.json", "GET", 404, 20404],
    ["of another host", ({ sender }) => `https://content.twilio.com/v2/Channels/Senders/${sender.sid}`, "GET", 404, 20404],
    ["with another method", ({ contentSid }) => `${CONTENT}/${contentSid}`, "PATCH", 405, 20004],
  ];
  it.each(refused)("%s are refused", async (_, url, method, status, code) => {
    const world = openTwilio();
    expect((await world.call(`${CONTENT}/${world.contentSid}`)).status).toBe(200);
    expect(await world.call(url(world), { method })).toMatchObject({ status, body: { code } });
  });
});
