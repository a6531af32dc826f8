import type { AnyChannel, Wadesk } from "@wadesk/core";
import type { FakeWorld } from "./fake-world.ts";
import type { PanelGroup } from "./panel-group.ts";

// a picture of one pixel
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

/** Who writes to the business, on whichever channel is in force. */
export function anaGroup({ meta, twilio, phones }: FakeWorld, settings: Wadesk<AnyChannel>["settings"]): PanelGroup {
  const linkedPhone = (): { readonly jid: string } => {
    const found = phones.ofShop.find(({ clients }) => clients.some(({ isConnected }) => isConnected));
    if (found === undefined) throw new Error("No phone is linked that Ana could write to");
    return found;
  };
  const write = async (text: string): Promise<void> => {
    if (text === "") throw new Error("Write something for Ana to send");
    const channel = await settings.activeChannel();
    if (channel === "cloud-api") meta.ana.send(meta.input.phoneNumberId, { type: "text", text: { body: text } });
    else if (channel === "twilio") twilio.ana.send(twilio.sender.number, text);
    else phones.ana.send(linkedPhone(), text);
  };
  const sendPicture = async (caption: string): Promise<void> => {
    const channel = await settings.activeChannel();
    if (channel === "twilio") throw new Error("Ana sends pictures by Meta and by WhatsApp Web alone");
    if (channel === "cloud-api")
      meta.ana.sendFile(meta.input.phoneNumberId, { type: "image", bytes: PICTURE, mimeType: "image/png", caption });
    else phones.ana.send(linkedPhone(), phones.ana.attach({ kind: "image", bytes: PICTURE, mimetype: "image/png", caption }));
  };
  const lastSeen = (): string => {
    const content = phones.ana.messages.findLast(({ fromMe, device }) => !fromMe && device === 0)?.content;
    return content?.conversation ?? content?.extendedTextMessage?.text ?? (content === undefined ? "nothing yet" : "a file");
  };
  return {
    view: () => ({
      title: "Ana, who writes to the shop",
      facts: [
        ["Number", `+${phones.ana.number}`],
        ["Last message", lastSeen()],
      ],
      actions: [
        { id: "ana writes", label: "Write to the shop", input: "Where is my order?" },
        { id: "ana sends", label: "Send a picture", input: "caption" },
        { id: "ana reads", label: "Read what came" },
      ],
    }),
    acts: {
      "ana writes": write,
      "ana sends": sendPicture,
      "ana reads": () => phones.ana.read(...phones.ana.messages.filter(({ fromMe, device }) => !fromMe && device === 0)),
    },
  };
}
