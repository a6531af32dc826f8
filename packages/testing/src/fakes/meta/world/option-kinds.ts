import type { FieldKinds } from "@wadesk/core/ports";
import type { FaultKinds, KindsOf } from "../../stage/check-given.ts";
import type { FakeApp, FakeContact, FakeMeta, FakeMetaOptions } from "../fake-meta.ts";
import type { MetaFault } from "../faults.ts";
import type { Pace } from "../messages/fate.ts";

/** What the fake itself is made with. */
export const FAKE_OPTIONS: FieldKinds<FakeMetaOptions> = { clock: "object", randomId: "function", fetch: "function", pace: "object" };

/** How long each step takes. */
export const PACE: FieldKinds<Pace> = { sentMs: "number", deliveredMs: "number", readMs: "number", replyMs: "number" };

/** What the fake's functions may be given. */
export const GIVEN: KindsOf<
  FakeMeta,
  "listen" | "addApp" | "addBusiness" | "addCatalog" | "addWaba" | "addNumber" | "addToken" | "addTemplate" | "addContact"
> = {
  listen: { port: "number", as: "text" },
  addApp: { id: "text", secret: "text", name: "text" },
  addBusiness: { id: "text", name: "text" },
  addCatalog: { businessId: "text" },
  addWaba: {
    id: "text",
    name: "text",
    businessId: "text",
    paymentMethod: "flag",
    sharedWith: "list",
    callsPerHour: "number",
    fields: "object",
  },
  addNumber: {
    wabaId: "text",
    id: "text",
    display: "text",
    verifiedName: "text",
    qualityRating: "text",
    codeVerificationStatus: "text",
    status: "text",
    registered: "flag",
    pin: "text",
    onboarded: "flag",
    freeServiceMessages: "number",
    allowedRecipients: "list",
    fields: "object",
  },
  addToken: { appId: "text", scopes: "list", wabaIds: "list", expiresAt: "number", type: "text" },
  addTemplate: { wabaId: "text", name: "text", language: "text", status: "text", category: "text", components: "list" },
  addContact: {
    phone: "text",
    waId: "text",
    userId: "text",
    username: "text",
    name: "text",
    onWhatsApp: "flag",
    reachable: "flag",
    reads: "flag",
    hidesPhone: "flag",
    identityKeyHash: "text",
  },
};

/** What the webhook of an app may have. */
export const WEBHOOK: KindsOf<FakeApp, "setWebhook">["setWebhook"] = { url: "text", verifyToken: "text", fields: "list", active: "flag" };

/** What a configuration of Embedded Signup may have. */
export const CONFIGURATION: KindsOf<FakeApp, "addConfiguration">["addConfiguration"] = {
  redirectUris: "list",
  domains: "list",
  tokenLifeMs: "number",
  unnamedAccounts: "flag",
};

/** What a person's functions may be given. */
export const GIVEN_TO_CONTACT: KindsOf<FakeContact, "change"> = {
  change: { onWhatsApp: "flag", reachable: "flag", reads: "flag" },
};

/** What each fault may have. */
export const FAULTS: FaultKinds<MetaFault> = {
  expired_token: { subcode: "number" },
  missing_scope: {},
  rate_limited: { code: "number", waitMs: "number" },
  refused: { code: "number", status: "number", subcode: "number", details: "text" },
  connection_dropped: {},
  answer_lost: {},
  server_error: { status: "number", envelope: "flag" },
  slow_answer: { byMs: "number" },
  failed_status: { code: "number", details: "text" },
  status_before_answer: {},
  webhooks_duplicated: { copies: "number" },
  webhooks_reordered: { count: "number" },
  webhooks_batched: { count: "number" },
  webhooks_held: {},
  link_expired: {},
  file_moved: { location: "text" },
  file_spoiled: {},
  file_cut: { afterBytes: "number" },
  file_size: { bytes: "number" },
};
