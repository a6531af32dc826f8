import { createFakeTwilio, type FakeTwilio } from "@wadesk/testing";
import { channelContract, settingsContract } from "@wadesk/testing/contracts";
import { afterEach } from "vitest";
import { twilio } from "./twilio.ts";

const open: FakeTwilio[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

const ANA = "+5511999990000";

channelContract("twilio in production", async () => {
  const fake = createFakeTwilio();
  open.push(fake);
  const account = fake.addAccount();
  const sender = fake.addSender({ accountSid: account.sid });
  fake.addContact({ phone: ANA }).send(sender.number, "Oi");
  return {
    channel: twilio({ retryDelayMs: 0 }),
    fetch: (address, init) => fake.fetch(new Request(address, init)),
    input: { mode: "production", accountSid: account.sid, authToken: account.authToken, from: sender.number },
    refusedInput: { mode: "production", accountSid: account.sid, authToken: `${account.authToken}x`, from: sender.number },
    secrets: [account.authToken],
    to: { phone: ANA },
    content: { kind: "text", text: "Hello" },
  };
});

channelContract("twilio in the sandbox, with the admin's account", async () => {
  const fake = createFakeTwilio();
  open.push(fake);
  const account = fake.addAccount();
  const ana = fake.addContact({ phone: ANA });
  fake.sandbox.join(ana);
  return {
    channel: twilio({
      accountSid: account.sid,
      authToken: ["retired-token-0123456789", account.authToken],
      senders: [{ workspaceId: "acme", number: fake.sandbox.number }],
      retryDelayMs: 0,
    }),
    fetch: (address, init) => fake.fetch(new Request(address, init)),
    input: { mode: "sandbox" },
    refusedInput: { mode: "sandbox", accountSid: account.sid, authToken: "0123456789abcdef0123456789abcdef" },
    secrets: [account.authToken],
    to: { phone: ANA },
    content: { kind: "text", text: "Hello" },
  };
});

settingsContract("twilio", async () => {
  const fake = createFakeTwilio();
  open.push(fake);
  const account = fake.addAccount();
  return {
    channel: twilio({ accountSid: account.sid, authToken: account.authToken, retryDelayMs: 0 }),
    fetch: (address, init) => fake.fetch(new Request(address, init)),
    secrets: [account.authToken],
  };
});
