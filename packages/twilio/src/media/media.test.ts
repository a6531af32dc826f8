import { createFakeTwilio, type FakeTwilio } from "@wadesk/testing";
import { mediaContract } from "@wadesk/testing/contracts";
import { afterEach } from "vitest";
import { twilio } from "../twilio.ts";

const open: FakeTwilio[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

// the admin's account, of which two workspaces have a number each: its token opens the files of both
mediaContract("twilio", async () => {
  const fake = createFakeTwilio();
  open.push(fake);
  const { sid: accountSid, authToken } = fake.addAccount();
  const [sender, other] = [fake.addSender({ accountSid }), fake.addSender({ accountSid })];
  const ana = fake.addContact();
  return {
    channel: twilio({
      accountSid,
      authToken,
      senders: [
        { workspaceId: "acme", number: sender.number },
        { workspaceId: "rival", number: other.number },
      ],
      retryDelayMs: 0,
    }),
    fetch: async (address, init) => (await fake.answer(new Request(address, init))) ?? Promise.reject(new TypeError("fetch failed")),
    input: { mode: "production", from: sender.number },
    otherInput: { mode: "production", from: other.number },
    secrets: [authToken, btoa(`${accountSid}:${authToken}`)],
    async receive(bytes) {
      ana.send(sender.number, { file: { bytes, contentType: "image/png" } });
      const [url = ""] = fake.received.at(-1)?.parameters.get("MediaUrl0") ?? [];
      return { url, mimeType: "image/png" };
    },
    mishaps: {
      spoiled: () => void fake.fault({ kind: "file_spoiled" }),
      cut: (afterBytes) => void fake.fault({ kind: "file_cut", afterBytes }),
      moved: (location) => void fake.fault({ kind: "file_moved", location }),
      linkExpired: () => void fake.fault({ kind: "link_expired" }),
      async gone({ url }) {
        const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
        await fake.fetch(new Request(`${url}.json`, { method: "DELETE", headers }));
      },
    },
    tellsHash: false,
  };
});
