import { numberOf, type Operation } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, choice, shape } from "../graph/rules.ts";

const WITHIN_MS = 24 * 3_600_000;
const SYNC = shape(
  { messaging_product: choice("whatsapp"), sync_type: choice("smb_app_state_sync", "history") },
  { access_token: anything, appsecret_proof: anything },
);

/**
 * `POST /{Phone-Number-ID}/smb_app_data`: asks for what the WhatsApp Business app has, contacts or history. Once each (2593107), and within 24 hours of the
 * dialog (2593108) (Meta, "Onboarding WhatsApp Business app users").
 */
export const syncAppData: Operation = (call) => {
  const number = numberOf(call);
  refuseMalformed(call.request);
  SYNC(call.request.body, "");
  const kind = String(call.request.body.sync_type);
  if (number.fields.is_on_biz_app !== true) {
    throw graphError(100, { message: "(#100) This phone number is not used in the WhatsApp Business app." });
  }
  const now = call.state.clock.now();
  if (number.onboardedAt === undefined || now - number.onboardedAt >= WITHIN_MS)
    throw graphError(2593108, { message: "(#2593108) The sync was not asked for within 24 hours of onboarding." });
  if (number.synced.has(kind)) throw graphError(2593107, { message: "(#2593107) The sync was asked for already." });
  number.synced.add(kind);
  return { body: { messaging_product: "whatsapp", request_id: call.state.ids.hexadecimal(32) } };
};
