import type { ReasonSentences } from "@wadesk/core/ports";

/** What a number of Meta's says for a reason, where core's sentence says too little. */
export const SENTENCES: ReasonSentences = {
  credentials_rejected: "Meta rejected the access token; copy it anew, in one piece, and give it again",
  app_mismatch: "the access token belongs to another Meta app than the one in the settings; give one that was generated for that app",
  number_mismatch: "the number is not one of this WhatsApp Business Account; check the Phone Number ID and the WABA ID",
  banned: "Meta has banned this number or its account; ask for a review in WhatsApp Manager",
  temporarily_banned: "Meta has blocked this account for a time; see its notice in WhatsApp Manager and wait",
  locked: "Meta has locked this account; see WhatsApp Manager and do what it asks for",
};
