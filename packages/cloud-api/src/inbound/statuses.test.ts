import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { normalizeMeta } from "./normalize.ts";

const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };
const told = (value: object): readonly InboundEvent[] =>
  normalizeMeta({
    object: "whatsapp_business_account",
    entry: [{ id: "800100", changes: [{ field: "messages", value: { metadata, ...value } }] }],
  });
const status = (name: string, rest: object = {}): object => ({
  id: "wamid.1",
  status: name,
  timestamp: "1750000001",
  recipient_id: "5511999990000",
  ...rest,
});

describe("what became of a sent message", () => {
  it("carries our own id where Meta carries it back", () => {
    const [event] = told({ statuses: [status("sent", { biz_opaque_callback_data: "msg_1" })] });
    expect(event?.data).toMatchObject({ messageId: "wamid.1", reference: "msg_1" });
    expect(told({ statuses: [status("sent")] })[0]?.data).not.toHaveProperty("reference");
  });

  it.each(["sent", "delivered", "read", "played"])("reads %s with the recipient and a key of its own", (name) => {
    const pricing = { billable: true, pricing_model: "PMP", category: "utility", type: "regular" };
    expect(told({ statuses: [status(name, { pricing })] })).toMatchObject([
      {
        key: `cloud-api:700100200|+5511999990000|+5511999990000|wamid.1|${name}`,
        orderKey: "cloud-api:700100200|+5511999990000",
        type: "message.status",
        at: 1_750_000_001_000,
        data: {
          messageId: "wamid.1",
          status: name,
          contact: { phone: "+5511999990000" },
          pricing: { billable: true, model: "PMP", category: "utility", type: "regular" },
        },
      },
    ]);
  });

  it("names the recipient by business-scoped id where Meta gives no phone", () => {
    expect(told({ statuses: [status("sent", { recipient_id: "", recipient_user_id: "BR.1" })] })).toMatchObject([
      { key: "cloud-api:700100200|BR.1|BR.1|wamid.1|sent", data: { contact: { userId: "BR.1" } } },
    ]);
  });

  it("reads a failure with its reason by the same table as an API answer", () => {
    const errors = [{ code: 131047, title: "Re-engagement", error_data: { details: "More than 24 hours have passed" } }];
    expect(told({ statuses: [status("failed", { errors })] })).toMatchObject([
      {
        data: {
          status: "failed",
          failure: {
            code: "window_closed",
            remedy: "change-request",
            vendor: { vendor: "meta", code: 131047, message: "More than 24 hours have passed" },
          },
        },
      },
    ]);
    expect(told({ statuses: [status("failed")] })).toMatchObject([{ data: { failure: { code: "provider_refused" } } }]);
  });

  it("tells the connection's health only where the failure speaks for all messages", () => {
    const failed = (code: number): InboundEvent | undefined => told({ statuses: [status("failed", { errors: [{ code }] })] })[0];
    expect(failed(131031)?.health).toEqual({ type: "failed", code: "locked" });
    expect(failed(190)?.health).toBeUndefined();
    expect(failed(131026)?.health).toBeUndefined();
  });

  it("keeps the statuses of a group's participants apart", () => {
    const of = (participant: string): object =>
      status("read", { recipient_id: "group1", recipient_type: "group", recipient_participant_id: participant });
    expect(told({ statuses: [of("5511999990000"), of("5511888880000")] }).map((event) => event.key)).toEqual([
      "cloud-api:700100200|group1|+5511999990000|wamid.1|read",
      "cloud-api:700100200|group1|+5511888880000|wamid.1|read",
    ]);
    expect(told({ statuses: [status("sent", { recipient_id: "group1", recipient_type: "group" })] })).toMatchObject([
      { key: "cloud-api:700100200|group1|unknown|wamid.1|sent" },
    ]);
  });

  it("takes the status of a call as a call, and a payment's never for a message's", () => {
    expect(told({ statuses: [status("RINGING", { type: "call", id: "wacid.1" })] })).toMatchObject([
      { type: "call.changed", data: { callId: "wacid.1", change: "ringing", direction: "outbound", contact: { phone: "+5511999990000" } } },
    ]);
    expect(told({ statuses: [status("failed", { type: "payment" })] })).toMatchObject([{ type: "event.unknown" }]);
  });

  it("hands a status it has no word for on as event.unknown", () => {
    const raw = status("warning");
    expect(told({ statuses: [raw, status("sent", { id: undefined }), 3] })).toMatchObject([
      { type: "event.unknown", data: { field: "messages", raw } },
      { type: "event.unknown" },
      { type: "event.unknown", data: { raw: 3 } },
    ]);
  });
});
