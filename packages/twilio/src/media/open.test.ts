import type { MediaReference } from "@wadesk/core";
import type { ConnectionContext, FileRequest, MediaWork } from "@wadesk/core/ports";
import type { FakeTwilio } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import type { TwilioSecret } from "../details.ts";
import type { TwilioSettings } from "../options.ts";
import { twilioWorld } from "../testing/connected-sender.ts";
import { failureOf } from "../testing/failure-of.ts";
import { isCdn, readMediaUrl } from "./media-url.ts";

const open: FakeTwilio[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

type Over = Partial<ConnectionContext<TwilioSettings, TwilioSecret>>;

/** A sender to which a picture came, and what the guard was asked for. */
function world() {
  const twilio = twilioWorld();
  const { fake, channel, sender } = twilio;
  open.push(fake);
  fake.addContact().send(sender.number, { file: { bytes: new Uint8Array(3), contentType: "image/png" } });
  const [url = ""] = fake.received.at(-1)?.parameters.get("MediaUrl0") ?? [];
  const asked: FileRequest[] = [];
  const statuses: number[] = [];
  const openFile = (reference: MediaReference, over: Over = {}, number?: string) => {
    const context = twilio.connected(over);
    const work: MediaWork = {
      signal: context.signal,
      async fetchFile(request) {
        asked.push(request);
        const status = statuses.shift() ?? 200;
        return status === 200 ? { status, file: { stream: new ReadableStream() } } : { status };
      },
    };
    const { media } = channel.line(twilio.connection(number), context);
    if (media === undefined) throw new Error("the channel has files");
    return media.open(reference, work);
  };
  return { ...twilio, url, asked, statuses, openFile };
}

describe("a file of Twilio's", () => {
  it("is asked for with the account's credentials, which the network behind it does not learn", async () => {
    const { url, asked, openFile, account } = world();
    await openFile({ url });
    const [request] = asked;
    const authorizationOf = (address: string): unknown => request?.authorizationFor?.(new URL(address));
    expect([request?.url, authorizationOf(url)]).toEqual([url, `Basic ${btoa(`${account.sid}:${account.authToken}`)}`]);
    for (const other of ["https://mms.twiliocdn.com/AC1/2", "https://files.example/a", "https://api.twilio.com/2010-04-01/Accounts.json"]) {
      expect(authorizationOf(other)).toBeUndefined();
    }
    expect(request?.isVendors?.(new URL("https://mms.twiliocdn.com/AC1/2"))).toBe(true);
    expect(request?.isVendors?.(new URL("https://files.example/a"))).toBe(false);
  });

  it("is not found in another account, without a call, nor without its url", async () => {
    const { url, fake, asked, openFile, account } = world();
    const foreign = url.replace(account.sid, `AC${"0".repeat(32)}`);
    expect((await failureOf(openFile({ url: foreign }))).code).toBe("media_not_found");
    expect((await failureOf(openFile({ id: "ME1" }))).code).toBe("media_not_found");
    expect([asked, fake.exchanges.length]).toEqual([[], 0]);
  });

  it("is opened with the admin's token only where its message came to the workspace's own number", async () => {
    const { url, fake, asked, openFile, account, sender } = world();
    const { number: other } = fake.addSender({ accountSid: account.sid });
    const senders = [sender.number, other].map((number) => ({ workspaceId: "acme", number }));
    const inherited: Over = {
      secret: { inherited: true },
      settings: async () => ({ accountSid: account.sid, authToken: [account.authToken], senders }),
    };
    expect((await failureOf(openFile({ url }, inherited, other))).code).toBe("media_not_found");
    expect((await failureOf(openFile({ url: url.replace(/MM.{32}/, `MM${"0".repeat(32)}`) }, inherited))).code).toBe("media_not_found");
    expect(asked).toEqual([]);
    await openFile({ url }, inherited);
    // a token of the workspace's own opens whatever its account has
    await openFile({ url }, {}, other);
    expect(asked).toHaveLength(2);
  });

  it("is asked for once more where its link has ended, and is gone where Twilio says so", async () => {
    const { url, asked, statuses, openFile } = world();
    statuses.push(403);
    await openFile({ url });
    expect(asked).toHaveLength(2);
    for (const [first, code] of [
      [404, "media_not_found"],
      [401, "media_unavailable"],
      [500, "media_unavailable"],
    ] as const) {
      statuses.push(first);
      expect((await failureOf(openFile({ url }))).code).toBe(code);
    }
  });
});

it("a file elsewhere is left to the guard, without a word of the credentials", async () => {
  const { asked, openFile } = world();
  await openFile({ url: "https://files.example/a.png" });
  expect(asked).toEqual([{ url: "https://files.example/a.png" }]);
});

const AC = `AC${"a".repeat(32)}`;
const PATH = `/2010-04-01/Accounts/${AC}/Messages/MM${"b".repeat(32)}/Media/ME${"c".repeat(32)}`;

it.each([
  [`https://api.twilio.com${PATH}`, undefined, `https://api.twilio.com${PATH}`],
  [`https://api.dublin.ie1.twilio.com${PATH}`, undefined, `https://api.dublin.ie1.twilio.com${PATH}`],
  [`https://api.twilio.com${PATH}`, "http://127.0.0.1:4000", `http://127.0.0.1:4000${PATH}`],
  [`http://127.0.0.1:4000/twilio${PATH}`, "http://127.0.0.1:4000/twilio", `http://127.0.0.1:4000/twilio${PATH}`],
  [`http://api.twilio.com${PATH}`, undefined, undefined],
  [`https://api.twilio.com:8443${PATH}`, undefined, undefined],
  [`https://api.twilio.com.example${PATH}`, undefined, undefined],
  [`https://api.twilio.com${PATH}/../../../../../Accounts.json`, undefined, undefined],
  [`https://api.twilio.com/2010-04-01/Accounts/${AC}/Messages.json`, undefined, undefined],
  [`http://127.0.0.1:4001${PATH}`, "http://127.0.0.1:4000", undefined],
  ["no address", undefined, undefined],
])("%s, with Twilio at %s, is asked for at %s", (address, apiUrl, asked) => {
  expect(readMediaUrl(address, apiUrl)?.address).toBe(asked);
});

it.each([
  ["https://mms.twiliocdn.com/a", true],
  ["https://media.twiliocdn.com/a", true],
  ["http://mms.twiliocdn.com/a", false],
  ["https://twiliocdn.com.example/a", false],
  ["https://eviltwiliocdn.com/a", false],
])("%s is of Twilio's network: %s", (url, is) => {
  expect(isCdn(new URL(url))).toBe(is);
});
