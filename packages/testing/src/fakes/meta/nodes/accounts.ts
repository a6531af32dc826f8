import { idOf, type Operation, wabaOf } from "../graph/call.ts";
import { type NodeView, readSelection, selectFields } from "../graph/field-selection.ts";
import { unsupportedRequest } from "../graph/graph-error.ts";
import { knownTo } from "../graph/graph-versions.ts";
import type { MetaState, WabaState } from "../state.ts";
import { numberView } from "../numbers/phone-numbers.ts";

/** `GET /{WABA-ID}`. */
export const getAccount: Operation = (call) => ({
  body: selectFields(
    accountView(call.state, wabaOf(call), call.request.version),
    readSelection(call.request.url.searchParams.get("fields")),
  ),
});

/** `GET /{Business-ID}`. */
export const getBusiness: Operation = (call) => {
  const business = call.state.businesses.get(idOf(call));
  if (!business) throw unsupportedRequest(call.request.method, idOf(call));
  const values = {
    id: business.id,
    name: business.name,
    timezone_id: 1,
    verification_status: "verified",
    vertical: "OTHER",
    created_time: "2024-01-15T09:00:00+0000",
    link: `https://www.facebook.com/${business.id}`,
    primary_page: undefined,
    whatsapp_business_manager_messaging_limit: "TIER_250",
  };
  const view = { type: "Business", values: knownTo(call.request.version, values), defaults: ["id", "name"] };
  return { body: selectFields(view, readSelection(call.request.url.searchParams.get("fields"))) };
};

/** What an account can tell in a version. */
export function accountView(state: MetaState, waba: WabaState, version: string | undefined): NodeView {
  const business = state.businesses.get(waba.businessId);
  const numbers = [...state.numbers.values()].filter((number) => number.wabaId === waba.id);
  return {
    type: "WhatsAppBusinessAccount",
    defaults: ["id", "name", "timezone_id", "message_template_namespace"],
    values: knownTo(version, {
      id: waba.id,
      name: waba.name,
      timezone_id: "1",
      message_template_namespace: `${waba.id}_namespace`,
      account_review_status: "APPROVED",
      analytics: undefined,
      auth_international_rate_eligibility: undefined,
      business_verification_status: "VERIFIED",
      country: "US",
      creation_time: 1_705_309_200,
      currency: "USD",
      health_status: { can_send_message: "AVAILABLE", entities: [{ entity_type: "WABA", id: waba.id, can_send_message: "AVAILABLE" }] },
      is_enabled_for_insights: false,
      linked_commerce_account: undefined,
      marketing_messages_lite_api_status: "INELIGIBLE",
      marketing_messages_onboarding_status: "INELIGIBLE",
      message_templates: {
        data: waba.templates.map(({ id, name, language, status, category }) => ({ id, name, language, status, category })),
      },
      on_behalf_of_business_info: business && { id: business.id, name: business.name, status: "APPROVED", type: "SELF" },
      owner_business: business && { id: business.id, name: business.name },
      owner_business_info: business && { id: business.id, name: business.name },
      ownership_type: "SELF_OWNED",
      phone_numbers: { data: numbers.map((number) => selectFields(numberView(number, version), undefined)) },
      primary_business_location: "US",
      primary_funding_id: undefined,
      purchase_order_number: undefined,
      status: "ACTIVE",
      whatsapp_business_manager_messaging_limit: "TIER_250",
      ...waba.fields,
    }),
  };
}
