import { WadeskError } from "@wadesk/core";
import { recordingLogger } from "@wadesk/testing";
import { expect, it } from "vitest";
import type { WebMessage } from "../baileys/baileys.ts";
import { type MessageParts, messageEvents } from "./message-events.ts";

const message = {
  key: { id: "3EB0", remoteJid: "222@lid", fromMe: false },
  messageTimestamp: 1_790_000_000,
  message: { conversation: "Hello" },
} as unknown as WebMessage;

/** Its events, where what it is read with fails. */
function read(error: unknown) {
  const { log, lines } = recordingLogger();
  const files = async (): Promise<never> => {
    throw error;
  };
  const parts = { route: "r", connectionId: "con_1", log, chats: { files } } as unknown as MessageParts;
  return { events: messageEvents(message, parts), lines };
}

it.each([new WadeskError("sealed_value_invalid"), new TypeError("x is not a function"), new RangeError("out of range")])(
  "a message that cannot be read for $name is told as unknown, by WhatsApp's name",
  async (error) => {
    const { events, lines } = read(error);
    expect(await events).toMatchObject([
      {
        type: "message.received",
        data: { messageId: "3EB0", contact: { lid: "222" }, content: { kind: "unknown", vendorType: "conversation" } },
      },
    ]);
    expect(lines).toHaveLength(1);
  },
);

it("a storage that does not answer is no reason to tell it as unknown", async () => {
  await expect(read(new WadeskError("storage_unavailable")).events).rejects.toMatchObject({ code: "storage_unavailable" });
});
