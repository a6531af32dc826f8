import { cloudApi } from "@wadesk/cloud-api";
import { createFakeMeta, type FakeMeta } from "@wadesk/testing";
import type { MediaUnderTest } from "@wadesk/testing/contracts";
import { afterEach } from "vitest";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

/** A Meta with two numbers of one account, and the channel that reaches it. Its fakes close when a test has ended. */
export async function openMetaFiles(): Promise<MediaUnderTest> {
  const meta = createFakeMeta();
  open.push(meta);
  const app = meta.addApp();
  const { id: wabaId } = meta.addWaba();
  const [phoneNumberId, otherNumberId] = [meta.addNumber({ wabaId }).id, meta.addNumber({ wabaId }).id];
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const ana = meta.addContact();
  const operation = "GET /{Media-URL}" as const;
  return {
    channel: cloudApi({ appId: app.id, appSecret: app.secret, retryDelayMs: 0 }),
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    input: { phoneNumberId, wabaId, accessToken },
    otherInput: { phoneNumberId: otherNumberId, wabaId, accessToken },
    secrets: [accessToken, app.secret],
    async receive(bytes) {
      ana.sendFile(phoneNumberId, { type: "image", bytes, mimeType: "image/png" });
      const { image } = meta.received.at(-1)?.payload ?? {};
      const { id, mime_type: mimeType, sha256 } = image as { readonly id: string; readonly mime_type: string; readonly sha256: string };
      return { id, mimeType, sha256 };
    },
    mishaps: {
      spoiled: () => void meta.fault({ kind: "file_spoiled", operation }),
      cut: (afterBytes) => void meta.fault({ kind: "file_cut", afterBytes, operation }),
      moved: (location) => void meta.fault({ kind: "file_moved", location, operation }),
      linkExpired: () => void meta.fault({ kind: "link_expired", operation }),
      async gone({ id }) {
        const headers = { authorization: `Bearer ${accessToken}` };
        await meta.fetch(new Request(`https://graph.facebook.com/v23.0/${id}`, { method: "DELETE", headers }));
      },
    },
    tellsHash: true,
    largestPicture: 5 * 1024 * 1024,
  };
}
