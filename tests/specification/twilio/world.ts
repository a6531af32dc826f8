import { createFakeTwilio, type FakeTwilio, manualClock, type TwilioAccount, type TwilioOperationName } from "@wadesk/testing";
import type { Node } from "../file/patch.ts";

/** A fake Twilio with something in it for every request of the table, twice: the account's own and a stranger's. */
export interface TwilioWorld {
  readonly twilio: FakeTwilio;
  readonly account: TwilioAccount;
  readonly stranger: TwilioAccount;
  /** The SIDs that paths name, by what stands for them. */
  readonly own: Readonly<Record<string, string>>;
  readonly strangers: Readonly<Record<string, string>>;
  readonly ana: string;
  readonly from: string;
}

/** A valid request in parts, so that each can be broken. */
export interface TwilioPlan {
  readonly name: string;
  readonly operation: TwilioOperationName;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** SID and token with a colon; `undefined` for none. */
  readonly credentials: string | undefined;
  readonly form?: Node;
  readonly json?: unknown;
}

const PHOTO = "https://files.example/photo.jpg";

/** Makes a world. */
export async function createTwilioWorld(): Promise<TwilioWorld> {
  let ids = 0;
  const twilio = createFakeTwilio({ clock: manualClock().clock, randomId: () => String(ids++), fetch: async () => new Response() });
  twilio.addFile({ url: PHOTO, contentType: "image/jpeg" });
  const ana = twilio.addContact({ phone: "+5511999990000", userId: "BR.1A2b3C4d5E" });
  const settle = (account: TwilioAccount, number: string): Record<string, string> => {
    const sender = twilio.addSender({ accountSid: account.sid, number, webhook: { callbackUrl: "https://host.example/in" } });
    const content = twilio.addContent({ accountSid: account.sid, variables: { 1: "you" } });
    const MessageSid = ana.send(number, { file: { bytes: new Uint8Array([1]), contentType: "image/jpeg" } });
    const media = twilio.received.at(-1)?.media[0];
    return {
      AccountSid: account.sid,
      MessageSid,
      MediaSid: media?.sid ?? "",
      Key: media?.key ?? "",
      SenderSid: sender.sid,
      ContentSid: content.sid,
    };
  };
  const account = twilio.addAccount();
  const stranger = twilio.addAccount();
  const own = settle(account, "+15550100001");
  const strangers = settle(stranger, "+15550100002");
  await twilio.settled();
  return { twilio, account, stranger, own, strangers, ana: ana.address, from: "whatsapp:+15550100001" };
}

/** The valid requests of every operation. Those that take something away come last. */
export function plansOf({ account, own, ana, from }: TwilioWorld): TwilioPlan[] {
  const plan = (name: string, operation: TwilioOperationName, path: string, rest: Partial<TwilioPlan> = {}): TwilioPlan => {
    const host = path.startsWith("/2010") ? "api.twilio.com" : path.startsWith("/v2") ? "messaging.twilio.com" : "content.twilio.com";
    return { name, operation, host, path, query: {}, credentials: `${account.sid}:${account.authToken}`, ...rest };
  };
  const messages = `/2010-04-01/Accounts/${own.AccountSid}/Messages`;
  const media = `${messages}/${own.MessageSid}/Media`;
  const create = (name: string, form: Node): TwilioPlan =>
    plan(name, "POST /2010-04-01/Accounts/{AccountSid}/Messages.json", `${messages}.json`, { form: { To: ana, From: from, ...form } });
  const settings = {
    StatusCallback: "https://host.example/status",
    ApplicationSid: `AP${"0".repeat(32)}`,
    MaxPrice: "0.5",
    ProvideFeedback: "true",
    Attempt: "1",
    ValidityPeriod: "600",
    ForceDelivery: "false",
    ContentRetention: "retain",
    AddressRetention: "retain",
    SmartEncoded: "true",
    TrafficType: "free",
    ShortenUrls: "false",
    SendAsMms: "false",
    RiskCheck: "enable",
    FallbackFrom: "+15550100001",
  };
  return [
    plan("account", "GET /2010-04-01/Accounts/{Sid}.json", `/2010-04-01/Accounts/${own.AccountSid}.json`),
    create("text", { Body: "Olá", ...settings }),
    create("file", { MediaUrl: PHOTO, Body: "look" }),
    create("template", { ContentSid: own.ContentSid, ContentVariables: '{"1":"Ana"}' }),
    create("place", { Body: "Bakery", PersistentAction: "geo:-23.5,-46.6|Rua 1" }),
    plan("messages", "GET /2010-04-01/Accounts/{AccountSid}/Messages.json", `${messages}.json`, {
      query: {
        To: from,
        From: ana,
        DateSent: "2026-06-01",
        "DateSent<": "2026-06-02",
        "DateSent>": "2026-05-01",
        PageSize: "20",
        Page: "0",
      },
    }),
    plan("message", "GET /2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json", `${messages}/${own.MessageSid}.json`),
    plan("files", "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json", `${media}.json`, { query: { PageSize: "20" } }),
    plan(
      "file of a message",
      "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json",
      `${media}/${own.MediaSid}.json`,
    ),
    plan("bytes", "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}", `${media}/${own.MediaSid}`),
    plan("senders", "GET /v2/Channels/Senders", "/v2/Channels/Senders", { query: { Channel: "whatsapp", PageSize: "20", Page: "0" } }),
    plan("sender", "GET /v2/Channels/Senders/{Sid}", `/v2/Channels/Senders/${own.SenderSid}`),
    plan("sender's webhook", "POST /v2/Channels/Senders/{Sid}", `/v2/Channels/Senders/${own.SenderSid}`, {
      json: {
        webhook: {
          callback_url: "https://host.example/in",
          callback_method: "POST",
          fallback_method: "POST",
          status_callback_url: "https://host.example/status",
        },
        configuration: { verification_method: "sms", account_type: "ISV" },
        profile: { about: "Bread" },
      },
    }),
    plan("typing", "POST /v2/Indicators/Typing.json", "/v2/Indicators/Typing.json", {
      form: { channel: "whatsapp", messageId: own.MessageSid },
    }),
    plan("templates", "GET /v1/Content", "/v1/Content", { query: { PageSize: "20", Page: "0" } }),
    plan("template itself", "GET /v1/Content/{Sid}", `/v1/Content/${own.ContentSid}`),
    plan("approval", "GET /v1/Content/{Sid}/ApprovalRequests", `/v1/Content/${own.ContentSid}/ApprovalRequests`),
    plan("templates and approvals", "GET /v1/ContentAndApprovals", "/v1/ContentAndApprovals", { query: { PageSize: "20" } }),
    plan(
      "file taken away",
      "DELETE /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json",
      `${media}/${own.MediaSid}.json`,
    ),
  ];
}

/** A plan as a request. */
export function requestOf({ operation, host, path, query, credentials, form, json }: TwilioPlan): Request {
  const url = new URL(path, `https://${host}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const headers = new Headers(credentials === undefined ? {} : { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` });
  const [method = ""] = operation.split(" ");
  if (form) {
    const pairs = Object.entries(form).map(([name, value]) => [name, String(value)] as [string, string]);
    headers.set("content-type", "application/x-www-form-urlencoded");
    return new Request(url, { method, headers, body: new URLSearchParams(pairs).toString() });
  }
  if (json === undefined) return new Request(url, { method, headers });
  headers.set("content-type", "application/json");
  return new Request(url, { method, headers, body: typeof json === "string" ? json : JSON.stringify(json) });
}
