import type { ReasonSentences } from "@wadesk/core/ports";

/** What a number of Twilio's says for a reason, where core's sentence says too little. */
export const SENTENCES: ReasonSentences = {
  credentials_rejected: "Twilio rejected the credentials; check the Account SID and its Auth Token, and give them again",
  number_mismatch: "the number is no WhatsApp sender of this Twilio account; check it under Messaging → Senders",
  banned: "Meta has disabled the account of this sender; appeal in Meta's Business Support",
  locked: "the account is not active; see Twilio's console and do what it asks for",
  connection_lost:
    "Twilio shows this sender as offline; see the reason under Messaging → Senders, and check it again once that is resolved",
};
