import type { Node } from "./patch.ts";

/** An operation that the file does not describe, in our own words. */
export interface OwnOperation {
  /** The page of Meta's documentation that describes it. */
  readonly source: string;
  /** Whether the caller proves itself by an access token; `/oauth/access_token` is where one comes from. */
  readonly needsToken: boolean;
  readonly query: Node;
  readonly answer: Node;
}

const string = { type: "string", minLength: 1 };
const integer = { type: "integer", minimum: 0 };
const strings = { type: "array", items: string };

const movedTemplates = (name: string): Node => ({
  type: "object",
  required: [name, "failed_templates"],
  properties: { [name]: strings, failed_templates: strings },
});

/** Operations that the file lacks, by the name the fake gives them: method and path, without the version. */
export const OWN_OPERATIONS: Readonly<Record<string, OwnOperation>> = {
  "GET /debug_token": {
    source: "https://developers.facebook.com/docs/graph-api/reference/debug_token",
    needsToken: true,
    query: { type: "object", required: ["input_token"], properties: { input_token: string } },
    answer: {
      type: "object",
      required: ["data"],
      properties: {
        data: {
          type: "object",
          required: ["is_valid"],
          properties: {
            app_id: string,
            application: string,
            type: string,
            is_valid: { type: "boolean" },
            // 0 means never
            expires_at: integer,
            issued_at: integer,
            data_access_expires_at: integer,
            user_id: string,
            scopes: strings,
            granular_scopes: {
              type: "array",
              items: { type: "object", required: ["scope"], properties: { scope: string, target_ids: strings } },
            },
            error: { type: "object", required: ["code", "message"] },
          },
          // a valid token says whose it is and what it may
          if: { properties: { is_valid: { const: true } } },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
          then: { required: ["app_id", "type", "scopes"] },
        },
      },
    },
  },
  "GET /{App-ID}/subscriptions": {
    source: "https://developers.facebook.com/docs/graph-api/reference/app/subscriptions/",
    needsToken: true,
    query: { type: "object", properties: { fields: string } },
    answer: {
      type: "object",
      required: ["data"],
      properties: {
        data: {
          type: "array",
          items: {
            type: "object",
            properties: {
              object: string,
              callback_url: string,
              active: { type: "boolean" },
              // the page says texts, and answers are as these
              fields: {
                type: "array",
                items: { type: "object", required: ["name", "version"], properties: { name: string, version: string } },
              },
            },
          },
        },
      },
    },
  },
  "POST /{App-ID}/subscriptions": {
    source: "https://developers.facebook.com/docs/graph-api/reference/app/subscriptions/",
    needsToken: true,
    query: { type: "object" },
    answer: { type: "object", required: ["success"], properties: { success: { type: "boolean" } } },
  },
  "POST /{WABA-ID}/message_templates/archive": {
    source: "https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog",
    needsToken: true,
    query: { type: "object" },
    answer: movedTemplates("archived_templates"),
  },
  "POST /{WABA-ID}/message_templates/unarchive": {
    source: "https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog",
    needsToken: true,
    query: { type: "object" },
    answer: movedTemplates("unarchived_templates"),
  },
  "POST /{Phone-Number-ID}/smb_app_data": {
    source: "https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users",
    needsToken: true,
    query: { type: "object" },
    answer: {
      type: "object",
      required: ["messaging_product", "request_id"],
      properties: { messaging_product: { enum: ["whatsapp"] }, request_id: string },
    },
  },
  "GET /{WABA-ID}/product_catalogs": {
    source: "https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/product_catalogs",
    needsToken: true,
    query: { type: "object" },
    answer: { type: "object", required: ["data"], properties: { data: { type: "array", items: { type: "object", required: ["id"] } } } },
  },
  "POST /{WABA-ID}/product_catalogs": {
    source: "https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/product_catalogs",
    needsToken: true,
    query: { type: "object" },
    answer: { type: "object", required: ["success"], properties: { success: { type: "boolean" } } },
  },
  "GET /oauth/access_token": {
    source: "https://developers.facebook.com/docs/facebook-login/guides/access-tokens",
    needsToken: false,
    query: {
      type: "object",
      required: ["client_id", "client_secret", "code"],
      properties: { client_id: string, client_secret: string, code: string, redirect_uri: { type: "string" } },
    },
    answer: {
      type: "object",
      required: ["access_token", "token_type"],
      properties: { access_token: string, token_type: string, expires_in: integer },
    },
  },
};

/** Forms whose fields the file names without saying which are required. */
export const OWN_FORMS: Readonly<Record<string, { readonly source: string; readonly fields: Node }>> = {
  "POST /{Phone-Number-ID}/media": {
    source: "https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media",
    fields: {
      type: "object",
      required: ["messaging_product", "file"],
      properties: {
        messaging_product: { enum: ["whatsapp"] },
        type: string,
        // what a recorded exchange keeps of a file
        file: { type: "object", required: ["size"], properties: { size: { type: "integer", minimum: 1 } } },
      },
    },
  },
};

/** Meta's error envelope. The file leaves out that `fbtrace_id` is always there. */
export const ERROR_ENVELOPE: Node = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["message", "type", "code", "fbtrace_id"],
      properties: {
        message: string,
        type: string,
        code: { type: "integer" },
        error_subcode: { type: "integer" },
        fbtrace_id: string,
        is_transient: { type: "boolean" },
        error_user_title: string,
        error_user_msg: string,
        error_data: { type: ["object", "string"] },
      },
    },
  },
};
