import type { Contact, GroupEdit, OutboundContent, Recipient } from "@wadesk/core";
import { z } from "zod";
import type { BridgeCalls, CallName, DownloadCall, LinkCall } from "./calls.ts";

const route = z
  .string()
  .regex(/^unofficial:.+:\d{4,20}$/s)
  .max(600);
const id = z.string().min(1).max(300);
// what stands in them is judged by the bridge's own client, as an application's is
const part = <Part>(): z.ZodType<Part> => z.custom<Part>((value) => typeof value === "object" && value !== null && !Array.isArray(value));

/** Several times as many as a group has. */
const MOST_MEMBERS = 5000;

/** What each call has to be given. Loaded with the first call. */
export const CALL_SCHEMAS: { readonly [Name in CallName]: z.ZodType<BridgeCalls[Name]["given"]> } = {
  send: z.strictObject({
    route,
    id,
    to: part<Recipient>(),
    content: part<OutboundContent>(),
    replyTo: id.optional(),
    fallback: z.literal("text").optional(),
  }),
  read: z.strictObject({ route, messageId: id, typing: z.boolean().optional() }),
  ticket: z.strictObject({
    route,
    mimeType: id,
    fileName: z.string().max(1000).optional(),
    kind: z.enum(["image", "video", "audio", "document", "sticker"]).optional(),
    sizeBytes: z.int().min(0).optional(),
  }),
  check: z.strictObject({ route }),
  cancel: z.strictObject({ route }),
  disconnect: z.strictObject({ route, endedMsAgo: z.number().min(0).optional() }),
  stop: z.strictObject({ route }),
  groups: z.strictObject({ route }),
  group: z.strictObject({ route, groupId: id }),
  "group-create": z.strictObject({ route, subject: z.string(), members: z.array(part<Contact>()).max(MOST_MEMBERS) }),
  "group-change": z.strictObject({ route, groupId: id, edit: part<GroupEdit>() }),
  "group-leave": z.strictObject({ route, groupId: id }),
  "group-invite": z.strictObject({ route, groupId: id, renew: z.boolean().optional() }),
  "group-join": z.strictObject({ route, invite: id }),
  list: z.strictObject({}),
  probe: z.strictObject({}),
};

/** What linking has to be given; phone and workspace are judged by the bridge's own client. */
export const LINK_SCHEMA: z.ZodType<LinkCall> = z.strictObject({ workspaceId: id, phone: id, method: z.enum(["qr", "code"]).optional() });

/** What downloading has to be given: what a file is called holds all that is known of it. */
export const DOWNLOAD_SCHEMA: z.ZodType<DownloadCall> = z.strictObject({
  route,
  id: z
    .string()
    .min(1)
    .max(64 * 1024),
});
