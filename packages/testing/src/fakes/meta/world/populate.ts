import { checkOptions } from "@wadesk/core/ports";
import type { FakeApp, FakeMeta } from "../fake-meta.ts";
import type { FateTools } from "../messages/fate.ts";
import type { AppState, MetaState, TemplateState, TokenState } from "../state.ts";
import { digitsOf } from "./digits-of.ts";
import { known } from "./known.ts";
import { CONFIGURATION, WEBHOOK } from "./option-kinds.ts";
import { addContact } from "./people.ts";
import { WEBHOOK_FIELDS } from "./webhook-fields.ts";

type Population = Pick<
  FakeMeta,
  | "addApp"
  | "addBusiness"
  | "addCatalog"
  | "addWaba"
  | "addNumber"
  | "changeNumber"
  | "addToken"
  | "expireToken"
  | "dropScope"
  | "addTemplate"
  | "setTemplateStatus"
  | "addContact"
>;

// of a number and a month
const FREE_SERVICE_MESSAGES = 1000;

/** What fills the fake's world. */
export function populate(tools: FateTools): Population {
  const { state, courier } = tools;
  const { ids } = state;
  return {
    addApp: ({ id = ids.numeric(15), secret = ids.hexadecimal(32), name = "Test app" } = {}) => {
      const app: AppState = { id, name, secret, configurations: new Map(), redirectUris: new Set(), domains: new Set() };
      state.apps.set(id, app);
      return appHandle(tools, app);
    },
    addBusiness: ({ id = ids.numeric(15), name = "Test business" } = {}) => {
      state.businesses.set(id, { id, name });
      return { id };
    },
    addWaba: ({
      id = ids.numeric(15),
      name = "Test account",
      businessId = ids.numeric(15),
      paymentMethod = true,
      sharedWith = [],
      callsPerHour,
      fields = {},
    } = {}) => {
      if (!state.businesses.has(businessId)) state.businesses.set(businessId, { id: businessId, name: `${name} Ltd` });
      state.wabas.set(id, {
        id,
        name,
        businessId,
        subscriptions: new Map(),
        templates: [sampleTemplate(ids.numeric(15))],
        catalogId: undefined,
        sharedWith,
        paymentMethod,
        callsPerHour,
        fields: { ...fields },
      });
      return { id, businessId };
    },
    addCatalog: ({ businessId }) => {
      known(state.businesses.get(businessId), "business", businessId);
      const id = ids.numeric(15);
      state.catalogs.set(id, { businessId });
      return { id };
    },
    addNumber: (number) => {
      known(state.wabas.get(number.wabaId), "account", number.wabaId);
      const id = number.id ?? ids.numeric(15);
      const display = number.display ?? `+1 555-${ids.numeric(3)}-${ids.numeric(4)}`;
      const digits = digitsOf(display);
      const { verifiedName = "Test Shop", qualityRating, codeVerificationStatus, status, allowedRecipients, fields } = number;
      state.numbers.set(id, {
        id,
        wabaId: number.wabaId,
        display,
        digits,
        registered: number.registered ?? true,
        pin: number.pin,
        registrations: { register: [], deregister: [] },
        wrongPins: [],
        overrideUrl: undefined,
        profile: {},
        freeServiceMessages: number.freeServiceMessages ?? FREE_SERVICE_MESSAGES,
        services: new Map(),
        allowedRecipients: allowedRecipients && new Set(allowedRecipients.map(digitsOf)),
        fields: {
          verified_name: verifiedName,
          ...(qualityRating && { quality_rating: qualityRating }),
          ...(codeVerificationStatus && { code_verification_status: codeVerificationStatus }),
          ...(status && { status }),
          ...(number.onboarded && { is_on_biz_app: true }),
          ...fields,
        },
        verification: undefined,
        onboardedAt: number.onboarded ? state.clock.now() : undefined,
        synced: new Set(),
      });
      return { id, phone: `+${digits}` };
    },
    changeNumber: (id, fields) => void Object.assign(known(state.numbers.get(id), "number", id).fields, fields),
    addToken: ({
      appId,
      scopes = ["whatsapp_business_management", "whatsapp_business_messaging"],
      wabaIds,
      expiresAt,
      type = "SYSTEM_USER",
    }) => {
      known(state.apps.get(appId), "app", appId);
      const value = ids.accessToken();
      const issuedAt = state.clock.now();
      state.tokens.set(value, { value, appId, type, userId: ids.numeric(15), scopes: new Set(scopes), wabaIds, issuedAt, expiresAt });
      return value;
    },
    expireToken: (token, subcode = 463) => {
      tokenOf(state, token).revoked = { subcode };
    },
    dropScope: (token, scope) => void tokenOf(state, token).scopes.delete(scope),
    addTemplate: ({
      wabaId,
      name,
      language = "en_US",
      status = "APPROVED",
      category = "UTILITY",
      components = [{ type: "BODY", text: "Hello" }],
    }) => {
      const template: TemplateState = { id: ids.numeric(15), name, language, status, category, components };
      known(state.wabas.get(wabaId), "account", wabaId).templates.push(template);
      return { id: template.id };
    },
    setTemplateStatus: (id, status) => {
      const templates = [...state.wabas.values()].flatMap((waba) => waba.templates);
      const template = known(
        templates.find((each) => each.id === id),
        "template",
        id,
      );
      template.status = status;
      const waba = [...state.wabas.values()].find((each) => each.templates.includes(template));
      const value = {
        event: status,
        message_template_id: Number(id),
        message_template_name: template.name,
        message_template_language: template.language,
        reason: status === "REJECTED" ? "INVALID_FORMAT" : "NONE",
      };
      const field = "message_template_status_update";
      if (waba) courier.later(() => courier.notify({ wabaId: waba.id, field, value, chain: field }));
    },
    addContact: (contact) => addContact(tools, contact ?? {}),
  };
}

function tokenOf(state: MetaState, token: string): TokenState {
  return known(state.tokens.get(token), "token", `${token.slice(0, 6)}…`);
}

function appHandle({ state, courier }: FateTools, app: AppState): FakeApp {
  return {
    id: app.id,
    get secret() {
      return app.secret;
    },
    get token() {
      return `${app.id}|${app.secret}`;
    },
    setWebhook: async (webhook) => {
      checkOptions<typeof webhook>("app.setWebhook", webhook, WEBHOOK);
      const { url, verifyToken, fields = WEBHOOK_FIELDS, active = true } = webhook;
      const stranger = fields.find((field) => !WEBHOOK_FIELDS.includes(field));
      if (stranger !== undefined) throw new Error(`(#100) Invalid parameter: ${stranger} is no field of whatsapp_business_account`);
      if (verifyToken === "") throw new Error("(#100) The parameter verify_token is required.");
      await courier.challenge(url, verifyToken);
      app.webhook = { url, verifyToken, fields: new Set(fields), active };
    },
    addConfiguration: (configuration = {}) => {
      checkOptions<typeof configuration>("app.addConfiguration", configuration, CONFIGURATION);
      const { redirectUris = [], domains = [], tokenLifeMs, unnamedAccounts } = configuration;
      const id = state.ids.numeric(15);
      app.configurations.set(id, {
        id,
        ...(tokenLifeMs !== undefined && { tokenLifeMs }),
        ...(unnamedAccounts === true && { unnamedAccounts }),
      });
      for (const each of domains) app.domains.add(each);
      for (const each of redirectUris) app.redirectUris.add(each);
      return { id };
    },
    resetSecret: (secret = state.ids.hexadecimal(32)) => {
      app.secret = secret;
      return secret;
    },
  };
}

// Meta gives every new account this one
function sampleTemplate(id: string): TemplateState {
  const components = [
    { type: "HEADER", format: "TEXT", text: "Hello World" },
    { type: "BODY", text: "This is a first message from our test account." },
    { type: "FOOTER", text: "The test account" },
  ];
  return { id, name: "hello_world", language: "en_US", status: "APPROVED", category: "UTILITY", components };
}
