import { describe, expect, it } from "vitest";
import { ofNumber } from "../testing/told-of.ts";

const status = { id: "wamid.1", status: "read", timestamp: "1750000001", recipient_id: "g1", recipient_type: "group" };

describe("statuses of a group", () => {
  it.each(["recipient_participant_id", "participant_recipient_id"])("name the group and the person, who stands as %s", (key) => {
    expect(ofNumber("messages", { statuses: [{ ...status, [key]: "5511999990000" }] })).toMatchObject([
      {
        key: "cloud-api:700100200|g1|+5511999990000|wamid.1|read",
        orderKey: "cloud-api:700100200|g1",
        data: { groupId: "g1", contact: { phone: "+5511999990000" } },
      },
    ]);
  });

  it("know the group by the participant where Meta does not call it one", () => {
    const { recipient_type, ...plain } = status;
    expect(ofNumber("messages", { statuses: [{ ...plain, participant_recipient_id: "5511999990000" }] })).toMatchObject([
      { data: { groupId: "g1", contact: { phone: "+5511999990000" } } },
    ]);
    const ids = { recipient_participant_user_id: "BR.1", recipient_participant_parent_user_id: "BR.ENT.1" };
    const contacts = [
      { profile: { name: "Bia" }, user_id: "BR.2" },
      { profile: { name: "Ana" }, user_id: "BR.1" },
    ];
    expect(ofNumber("messages", { contacts, statuses: [{ ...plain, ...ids }] })).toMatchObject([
      { data: { groupId: "g1", contact: { userId: "BR.1", parentUserId: "BR.ENT.1", name: "Ana" } } },
    ]);
  });

  it("have their price in the conversation", () => {
    const pricing = { billable: true, pricing_model: "PMP", category: "group_service" };
    const price = { billable: true, model: "PMP", category: "group_service" };
    const conversation = { id: "c", origin: { type: "group_service" }, pricing };
    expect(ofNumber("messages", { statuses: [{ ...status, conversation }] })).toMatchObject([{ data: { pricing: price } }]);
    const beside = { ...status, conversation, pricing: { ...pricing, category: "group_utility" } };
    expect(ofNumber("messages", { statuses: [beside] })).toMatchObject([{ data: { pricing: { category: "group_utility" } } }]);
  });

  it("are of no group where a person stands alone", () => {
    const [event] = ofNumber("messages", { statuses: [{ ...status, recipient_type: "individual", recipient_id: "5511999990000" }] });
    expect(event?.data).not.toHaveProperty("groupId");
  });
});

describe("operations on a group", () => {
  const group = { timestamp: "1750000001", group_id: "g1", request_id: "r" };
  const told = (field: string, rest: object): unknown => ofNumber(field, { groups: [{ ...group, ...rest }] })[0]?.data;
  const error = { code: 131201, title: "Not eligible", message: "Not eligible" };
  const failure = { vendor: { vendor: "meta", code: 131201 } };

  it("tell who came and who went, and which request they answer", () => {
    const added_participants = [
      { input: 16505551234, wa_id: 16505551234 },
      { user_id: "BR.1", username: "@bia" },
    ];
    expect(told("group_lifecycle_update", { type: "group_create", added_participants })).toMatchObject({
      change: "group_create",
      requestId: "r",
      added: [{ phone: "+16505551234" }, { userId: "BR.1", username: "bia" }],
    });
    const removed_participants = [{ wa_id: "5511999990000" }, {}];
    expect(told("group_participants_update", { type: "group_participants_remove", removed_participants })).toMatchObject({
      removed: [{ phone: "+5511999990000" }],
    });
    const asking = { type: "group_join_request_created", join_request_id: "j", wa_id: "5511999990000", user_id: "BR.1", username: "ana" };
    expect(told("group_participants_update", asking)).toMatchObject({
      contact: { phone: "+5511999990000", userId: "BR.1", username: "ana" },
    });
    expect(told("group_status_update", { type: "group_suspend" })).not.toHaveProperty("contact");
    expect(told("group_status_update", { type: "group_suspend" })).not.toHaveProperty("failure");
  });

  it.each<[string, object]>([
    ["itself", { type: "group_create", errors: [error] }],
    ["for a participant", { type: "group_participants_remove", failed_participants: [{ input: "1", errors: [error] }] }],
    ["for its subject", { type: "group_settings_update", group_subject: { text: "s", update_successful: false, errors: [error] } }],
    ["for its picture", { type: "group_settings_update", profile_picture: { update_successful: false, errors: [error] } }],
    ["for its description", { type: "group_settings_update", group_description: { update_successful: false, errors: [error] } }],
  ])("failed where Meta gives errors: %s", (_, rest) => {
    expect(told("group_settings_update", rest)).toMatchObject({ groupId: "g1", failure });
  });
});
