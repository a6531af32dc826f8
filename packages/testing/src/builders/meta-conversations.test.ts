import { describe, expect, it } from "vitest";
import { metaHandover, metaStandby, metaStandbyEcho } from "./meta-conversations.ts";
import { type MetaPayload, metaEcho, metaMessage, metaStatus, metaText } from "./meta-payloads.ts";

const changeOf = (payload: MetaPayload): unknown => payload.entry[0]?.changes[0];
const metadata = { display_phone_number: "15550100001", phone_number_id: "300100000000001" };

describe("builders of what came later", () => {
  it("build who wrote with every id, and what led to it", () => {
    const from = { userId: "BR.1", parentUserId: "BR.ENT.1", username: "ana", identityKey: "k=" };
    const product = { catalogId: "194", productId: "di9" };
    const text = metaText({ from, product, groupId: "g1", referral: { source_type: "ad" }, summary: "A refund." });
    expect(changeOf(text)).toMatchObject({
      field: "messages",
      value: {
        metadata,
        contacts: [{ user_id: "BR.1", parent_user_id: "BR.ENT.1", profile: { username: "ana" }, identity_key_hash: "k=" }],
        messages: [
          {
            from_user_id: "BR.1",
            from_parent_user_id: "BR.ENT.1",
            group_id: "g1",
            context: { from: "15550100001", referred_product: { catalog_id: "194", product_retailer_id: "di9" } },
            referral: { source_type: "ad" },
          },
        ],
        conversation_context: { type: "summary", summary: { text: "A refund." } },
      },
    });
    expect(JSON.stringify(metaMessage({ type: "text" }))).not.toMatch(/context|group_id|parent|identity|referral/);
  });

  it("build what the business does on its phone", () => {
    expect(changeOf(metaEcho({ type: "revoke", content: { original_message_id: "wamid.1" }, to: { userId: "BR.1" } }))).toMatchObject({
      field: "smb_message_echoes",
      value: {
        metadata,
        contacts: [{ user_id: "BR.1" }],
        message_echoes: [
          { from: "15550100001", to: "5511999990000", to_user_id: "BR.1", type: "revoke", revoke: { original_message_id: "wamid.1" } },
        ],
      },
    });
  });

  it("build a participant's status, with the group as its recipient", () => {
    expect(changeOf(metaStatus({ groupId: "g1", to: { userId: "BR.1" }, reference: "msg_1" }))).toMatchObject({
      value: {
        statuses: [
          {
            recipient_id: "g1",
            recipient_type: "group",
            recipient_participant_id: "5511999990000",
            recipient_participant_user_id: "BR.1",
            biz_opaque_callback_data: "msg_1",
          },
        ],
      },
    });
  });

  it("build what is heard while another sender handles the conversation, and that it changes hands", () => {
    expect(changeOf(metaStandby(metaText({ body: "Hi" })))).toMatchObject({
      field: "standby",
      value: { messaging_product: "whatsapp", metadata, standby: { contacts: [{}], messages: [{ type: "text" }] } },
    });
    expect(changeOf(metaStandbyEcho({ message: { to: "551", type: "text" } }))).toMatchObject({
      field: "standby",
      value: { metadata, standby: { message_echoes: [{ message: { messaging_product: "whatsapp", to: "551", type: "text" } }] } },
    });
    expect(changeOf(metaHandover({ note: "n", summary: "s" }))).toEqual({
      field: "messaging_handovers",
      value: {
        messaging_product: "whatsapp",
        sender: { phone_number: "5511999990000" },
        recipient: metadata,
        type: "control_passed",
        timestamp: "1767225600",
        control_passed: {
          previous_owner_role: "ai_agent",
          new_owner_role: "escalation",
          metadata: "n",
          conversation_context: { type: "summary", summary: { text: "s" } },
        },
      },
    });
    expect(changeOf(metaHandover({ change: "lost", phone: false }))).toMatchObject({ value: { type: "control_taken", control_taken: {} } });
  });
});
