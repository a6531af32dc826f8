import { inspect } from "node:util";
import type { OutboundContent } from "@wadesk/core";
import type { OutboundMessage, SendReceipt } from "@wadesk/core/ports";
import type { TwilioContact } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { TwilioOptions } from "../options.ts";
import { type TwilioWorld, twilioWorld } from "../testing/connected-sender.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: TwilioWorld[] = [];
afterEach(async () => {
  for (const { fake } of open.splice(0)) await fake.close();
});

interface Room extends TwilioWorld {
  readonly ana: TwilioContact;
  readonly send: (
    content: OutboundContent,
    message?: Partial<OutboundMessage>,
    ...rest: Parameters<TwilioWorld["connected"]>
  ) => Promise<SendReceipt>;
}

function world(options?: TwilioOptions, publicUrl: URL | undefined = undefined): Room {
  const made = twilioWorld(options, publicUrl);
  open.push(made);
  const ana = made.fake.addContact({ phone: "+5511999990000" });
  ana.send(made.sender.number, "Oi");
  const send: Room["send"] = (content, message = {}, ...rest) => {
    const context = made.connected({ publicUrl, ...rest[0] });
    return made.channel.line(made.connection(), context).send({ id: "msg_1", to: { phone: "+5511999990000" }, content, ...message });
  };
  return { ...made, ana, send };
}

const OPERATION = "POST /2010-04-01/Accounts/{AccountSid}/Messages.json";
const text: OutboundContent = { kind: "text", text: "Hello" };
const posts = ({ fake }: TwilioWorld): number => fake.exchanges.filter(({ operation }) => operation === OPERATION).length;

describe("sending", () => {
  it("answers Twilio's SID and when it took the message", async () => {
    const here = world();
    const receipt = await here.send(text, { replyTo: "SM0" });
    await here.fake.settled();
    const [sent] = here.fake.sent;
    expect(receipt.providerId).toBe(sent?.sid);
    expect(Math.abs(receipt.acceptedAt - (sent?.createdAt ?? 0))).toBeLessThan(1000);
    expect(Object.fromEntries(sent?.parameters ?? [])).toEqual({
      To: ["whatsapp:+5511999990000"],
      From: [`whatsapp:${here.sender.number}`],
      Body: ["Hello"],
    });
    expect(sent?.status).toBe("read");
  });

  it("asks for statuses at our own address, below the public one or where the settings say", async () => {
    const callbackOf = async (here: Room): Promise<unknown> => {
      await here.send(text);
      return here.fake.sent[0]?.parameters.get("StatusCallback");
    };
    expect(await callbackOf(world({}, new URL("http://127.0.0.1:9/")))).toEqual(["http://127.0.0.1:9/webhooks/whatsapp/inbound"]);
    expect(await callbackOf(world({}, new URL("http://127.0.0.1:9/app")))).toEqual(["http://127.0.0.1:9/app/webhooks/whatsapp/inbound"]);
    const webhookUrl = "http://127.0.0.1:9/hook#rc=2&rp=5xx,ct,rt";
    expect(await callbackOf(world({ webhookUrl }, new URL("http://127.0.0.1:9/app")))).toEqual([webhookUrl]);
  });

  const file = "https://files.example/a";
  it.each<[string, OutboundContent]>([
    ["image/png", { kind: "image", media: { url: file }, caption: "c" }],
    ["video/mp4", { kind: "video", media: { url: file } }],
    ["audio/mpeg", { kind: "audio", media: { url: file } }],
    ["application/pdf", { kind: "document", media: { url: file }, fileName: "a.pdf" }],
    ["image/webp", { kind: "sticker", media: { url: file } }],
    ["", { kind: "location", latitude: -23.5, longitude: 0.0000001, name: "Sé" }],
  ])("is taken and delivered: %s %j", async (contentType, content) => {
    const here = world();
    here.fake.addFile({ url: file, contentType });
    await here.send(content);
    await here.fake.settled();
    expect(here.fake.sent).toMatchObject([{ status: "read", errorCode: undefined }]);
  });

  it("fills a Content template, in the window or not", async () => {
    const here = world();
    const types = { "twilio/text": { body: "Olá {{1}}, {{2}}" } };
    const { sid } = here.fake.addContent({ accountSid: here.account.sid, types, variables: { 1: "x", 2: "y" } });
    const bia = here.fake.addContact({ phone: "+5511888880000" });
    const body = [{ type: "text", text: "Bia" } as const, { type: "text", text: "bom dia" } as const];
    await here.send({ kind: "template", name: sid, language: "pt_BR", body }, { to: { userId: bia.userId } });
    await here.fake.settled();
    expect(here.fake.sent).toMatchObject([{ body: "Olá Bia, bom dia", status: "read" }]);
  });

  it("tells Twilio's refusals in our words", async () => {
    const here = world();
    const HX = `HX${"0".repeat(32)}`;
    expect((await failureOf(here.send({ kind: "template", name: HX, language: "en" }))).code).toBe("template_not_found");
    expect((await failureOf(here.send(text, { to: { phone: here.sender.number } }))).code).toBe("recipient_invalid");
    const wrong = here.channel
      .line(here.connection("+15559999999"), here.connected({ publicUrl: undefined }))
      .send({ id: "m", to: { phone: "+5511999990000" }, content: text });
    expect(await failureOf(wrong)).toMatchObject({ code: "number_mismatch", message: expect.stringContaining("From") });
    here.fake.fault({ kind: "rate_limited" });
    expect(await failureOf(here.send(text))).toMatchObject({ code: "rate_limited", retryAfterMs: 1000 });
    here.account.rotateToken();
    const { authToken } = here.account;
    here.account.rotateToken();
    const error = await failureOf(here.send(text, {}, { secret: { authToken } }));
    expect(error).toMatchObject({ code: "credentials_rejected", vendor: { vendor: "twilio", code: 20003 } });
    expect(here.fake.sent).toEqual([]);
  });
});

describe("a message whose answer is lost", () => {
  it("is never repeated, and says that it may have gone out, without the token", async () => {
    const here = world();
    here.fake.fault({ kind: "answer_lost" });
    const error = await failureOf(here.send(text));
    expect([error.code, here.fake.sent.length, posts(here)]).toEqual(["outcome_unknown", 1, 1]);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(here.account.authToken);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(btoa(`${here.account.sid}:${here.account.authToken}`));
    here.fake.fault({ kind: "server_error", status: 502, envelope: false });
    expect((await failureOf(here.send(text))).code).toBe("outcome_unknown");
  });

  it("surely went nowhere when Twilio says so, or was not reached", async () => {
    const here = world();
    here.fake.fault({ kind: "server_error" });
    expect((await failureOf(here.send(text))).code).toBe("provider_unavailable");
    const fetch = async (): Promise<never> => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) });
    };
    expect((await failureOf(here.send(text, {}, { fetch }))).code).toBe("provider_unavailable");
    const signal = AbortSignal.abort();
    expect((await failureOf(here.send(text, {}, { signal }))).code).toBe("provider_unavailable");
    expect(here.fake.sent).toEqual([]);
  });

  it("may have gone out when a 201 names no message, or cannot be read", async () => {
    const here = world();
    for (const body of ["<html>", "[]", "{}", '{"sid":""}']) {
      const fetch = async (): Promise<Response> => new Response(body, { status: 201 });
      expect((await failureOf(here.send(text, {}, { fetch }))).code).toBe("outcome_unknown");
    }
  });
});

describe("a connection on the admin's account", () => {
  it("sends with the admin's newest token, and no longer once the number is taken away", async () => {
    const here = world();
    const { account, sender } = here;
    const admin = {
      accountSid: account.sid,
      authToken: ["old", account.authToken],
      senders: [{ workspaceId: "acme", number: sender.number }],
    };
    const secret = { inherited: true } as const;
    await here.send(text, {}, { secret, settings: async () => admin });
    expect(here.fake.sent).toHaveLength(1);
    const taken = failureOf(here.send(text, {}, { secret, settings: async () => ({ ...admin, senders: [] }) }));
    expect(await taken).toMatchObject({ code: "credentials_rejected" });
    expect(here.fake.sent).toHaveLength(1);
  });
});
