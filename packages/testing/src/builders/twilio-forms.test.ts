import { describe, expect, it } from "vitest";
import { openTwilio } from "../testing/open-twilio.ts";
import { twilioBody, twilioCallback, twilioInbound } from "./twilio-forms.ts";

const namesOf = (form: Iterable<readonly [string, string]>): string[] => [...form].map(([name]) => name);

describe("builders of Twilio's forms", () => {
  it("carry what the fake sends, in its order", async () => {
    const { ana, sender, send, heard, twilio } = openTwilio();
    ana.send(sender.number, "Hello");
    await send({ Body: "a", StatusCallback: "https://host.example/status" });
    await twilio.settled();
    const [message, , , read] = [heard[0], heard[1], heard[2], heard.at(-1)].map((each) => Object.entries(each?.form ?? {}));
    const left = ["ChannelMetadata", "ChannelToAddress", "ChannelInstallSid"];
    const sent = (form: readonly (readonly [string, string])[] | undefined): string[] =>
      namesOf(form ?? []).filter((name) => !left.includes(name));
    expect(namesOf(twilioInbound())).toEqual(sent(message));
    expect(namesOf(twilioCallback({ status: "read" }))).toEqual(sent(read));
  });

  it("hide the phone, name a file and the message that is answered, and take parameters away", () => {
    const options = {
      phone: false,
      replyTo: "SM1",
      type: "image",
      media: { url: "https://a.example/1", contentType: "image/png" },
    } as const;
    const form = Object.fromEntries(
      twilioInbound({ ...options, userId: "US.7", parameters: { ProfileName: undefined, Forwarded: "true" } }),
    );
    expect(form).toMatchObject({
      From: "whatsapp:US.7",
      ExternalUserId: "whatsapp:US.7",
      OriginalRepliedMessageSid: "SM1",
      NumMedia: "1",
      Forwarded: "true",
    });
    expect(form).not.toHaveProperty("WaId");
    expect(form).not.toHaveProperty("ProfileName");
    expect(Object.fromEntries(twilioCallback({ status: "failed", errorCode: 63015 }))).toMatchObject({
      EventType: "FAILED",
      ErrorCode: "63015",
    });
  });

  it("write a form as it travels", () => {
    expect(
      twilioBody([
        ["Body", "a & ü"],
        ["Body", ""],
      ]),
    ).toBe("Body=a+%26+%C3%BC&Body=");
  });
});
