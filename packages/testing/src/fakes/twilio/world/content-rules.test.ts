import { describe, expect, it } from "vitest";
import { createFakeTwilio } from "../create-fake-twilio.ts";

type Approval = "approved" | "unsubmitted";
const many = <Each>(count: number, make: (index: number) => Each): Each[] => Array.from({ length: count }, (_, index) => make(index));
const reply = (title: string) => ({ type: "QUICK_REPLY", title, id: "1" });
const replies = (count: number, title = "Yes") => ({ body: "Well?", actions: many(count, () => reply(title)) });
const item = (change: object = {}) => ({ item: "One", id: "1", ...change });
const list = (count: number, change: object = {}) => ({ body: "Choose", button: "Menu", items: many(count, () => item(change)) });
const card = (change: object = {}) => ({ title: "A", body: "B", media: "https://files.example/a.png", actions: [reply("Yes")], ...change });
const cards = (count: number, change: object = {}) => ({ body: "Look", cards: many(count, () => card(change)) });

function add(type: string, fields: object, approval?: Approval): string | undefined {
  const twilio = createFakeTwilio();
  const { sid: accountSid } = twilio.addAccount();
  try {
    twilio.addContent({ accountSid, types: { [type]: fields as Record<string, unknown> }, ...(approval && { approval }) });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a Content template", () => {
  it.each<[string, string, object, Approval?]>([
    ["a text", "twilio/text", { body: "a".repeat(1024) }],
    ["a long text of the session", "twilio/text", { body: "a".repeat(1600) }, "unsubmitted"],
    ["a file", "twilio/media", { media: ["https://files.example/a.png"] }],
    ["a place", "twilio/location", { latitude: 1, longitude: 1 }],
    ["three replies", "twilio/quick-reply", replies(3), "unsubmitted"],
    ["ten approved replies", "twilio/quick-reply", replies(10, "a".repeat(25))],
    ["a link", "twilio/call-to-action", { body: "a", actions: [{ type: "URL", title: "Open", url: "https://a.example" }] }],
    ["a list of ten", "twilio/list-picker", list(10, { description: "a".repeat(72) })],
    ["a card", "twilio/card", { title: "a", subtitle: "b", actions: [reply("Yes")] }],
    ["a carousel", "twilio/carousel", cards(10)],
    ["a reply whose type is left to Twilio", "twilio/quick-reply", { body: "Well?", actions: [{ title: "Yes", id: "1" }] }],
    ["a card without a title", "twilio/card", { media: ["https://files.example/a.png"], actions: [reply("Yes")] }],
    ["a carousel of cards without a title", "twilio/carousel", cards(2, { title: undefined })],
    ["a code", "whatsapp/authentication", { code_expiration_minutes: 90, actions: [{ type: "COPY_CODE", copy_code_text: "Copy" }] }],
    ["a form", "whatsapp/flows", { body: "a", button_text: "b", flow_id: "1" }],
  ])("may be %s", (_, type, fields, approval) => {
    expect(add(type, fields, approval)).toBeUndefined();
  });

  it.each<[string, string, object, string, Approval?]>([
    ["a type that is none", "twilio/poll", {}, "there is no type twilio/poll"],
    ["a text without its body", "twilio/text", {}, "body is missing"],
    ["an approved text of 1025", "twilio/text", { body: "a".repeat(1025) }, "body has more than 1024 characters"],
    ["a text of 1601", "twilio/text", { body: "a".repeat(1601) }, "body has more than 1600 characters", "unsubmitted"],
    ["no file", "twilio/media", { body: "a" }, "media is missing"],
    ["half a place", "twilio/location", { latitude: 1 }, "longitude is missing"],
    ["four replies of the session", "twilio/quick-reply", replies(4), "actions must be 1 to 3", "unsubmitted"],
    ["eleven replies", "twilio/quick-reply", replies(11), "actions must be 1 to 10"],
    [
      "a reply of 21 letters in the session",
      "twilio/quick-reply",
      replies(1, "a".repeat(21)),
      "actions.0.title has more than 20",
      "unsubmitted",
    ],
    ["a reply of 26 letters", "twilio/quick-reply", replies(1, "a".repeat(26)), "actions.0.title has more than 25"],
    ["an action of no type", "twilio/call-to-action", { body: "a", actions: [{ type: "OPEN", title: "a" }] }, "actions.0.type is OPEN"],
    ["a list of eleven", "twilio/list-picker", list(11), "items must be 1 to 10"],
    ["a list of none", "twilio/list-picker", list(0), "items must be 1 to 10"],
    ["a row of 25 letters", "twilio/list-picker", list(1, { item: "a".repeat(25) }), "items.0.item has more than 24"],
    ["a row described in 73", "twilio/list-picker", list(1, { description: "a".repeat(73) }), "items.0.description has more than 72"],
    ["an approved list", "twilio/list-picker", list(1), "is never approved", "approved"],
    ["an approved place", "twilio/location", { latitude: 1, longitude: 1 }, "is never approved", "approved"],
    ["a footer of 61", "twilio/card", { title: "a", subtitle: "a".repeat(61) }, "subtitle has more than 60"],
    ["a carousel of one", "twilio/carousel", cards(1), "cards must be 2 to 10"],
    [
      "a carousel's card of 161",
      "twilio/carousel",
      cards(2, { title: "a".repeat(80), body: "b".repeat(81) }),
      "title and body have more than 160",
    ],
    ["a carousel's card without a button", "twilio/carousel", cards(2, { actions: [] }), "cards.0.actions must be 1 to 2"],
    [
      "a code for too long",
      "whatsapp/authentication",
      { code_expiration_minutes: 91, actions: [{ type: "COPY_CODE" }] },
      "code_expiration_minutes",
    ],
    ["a form of no flow", "whatsapp/flows", { body: "a", button_text: "b" }, "flow_id is missing"],
    ["nothing", "", {}, "there is no type"],
  ])("cannot be %s", (_, type, fields, message, approval) => {
    expect(add(type, fields, approval)).toContain(message);
  });

  it("of the session alone is unsubmitted unless a test says otherwise, and never approved later", () => {
    const twilio = createFakeTwilio();
    const { sid: accountSid } = twilio.addAccount();
    const { setApproval } = twilio.addContent({ accountSid, types: { "twilio/list-picker": list(1) } });
    expect(() => setApproval("approved")).toThrow("is never approved");
  });
});
