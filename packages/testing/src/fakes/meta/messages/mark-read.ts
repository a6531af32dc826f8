import type { Call, GraphAnswer } from "../graph/call.ts";
import { graphError } from "../graph/graph-error.ts";
import { anything, choice, type Fields, shape, text } from "../graph/rules.ts";
import type { NumberState } from "../state.ts";

const READ = shape(
  { messaging_product: text(), status: choice("read"), message_id: text({ min: 1 }) },
  { typing_indicator: shape({ type: choice("text") }), access_token: anything, appsecret_proof: anything },
);

/** Marks a person's message as read with all that the person wrote before, and shows that an answer is being typed where asked. */
export function markRead(call: Call, number: NumberState, payload: Fields): GraphAnswer {
  READ(payload, "");
  const message = call.state.received.find((each) => each.id === payload.message_id && each.numberId === number.id);
  if (!message) throw graphError(131009, { details: "Param message_id is not a message that this number received." });
  const { received, clock } = call.state;
  for (const each of received.slice(0, received.indexOf(message) + 1)) {
    if (each.numberId === number.id && each.contact === message.contact) each.readAt ??= clock.now();
  }
  if (payload.typing_indicator !== undefined) message.typingShown = true;
  return { body: { success: true } };
}
