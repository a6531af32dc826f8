import { createHash } from "node:crypto";
import type { InboundContent } from "@wadesk/core";
import type { Baileys, Body } from "../../baileys/baileys.ts";
import type { KnownMessage } from "../../known/known-messages.ts";
import { unwrap } from "../unwrap.ts";

/** A vote that came in, and whom it may be of. */
export interface Vote {
  readonly update: NonNullable<Body["pollUpdateMessage"]>;
  /** The poll, where it is known. */
  readonly poll: KnownMessage | undefined;
  /** Both addresses of who made the poll, and of who votes: WhatsApp seals a vote for one of each. */
  readonly creators: readonly string[];
  readonly voters: readonly string[];
}

/** Opens a vote; `unsupported` where its poll is not known, or it is not sealed for it. */
export function openVote({ decryptPollVote }: Pick<Baileys, "decryptPollVote">, { update, poll, creators, voters }: Vote): InboundContent {
  const pollMsgId = update.pollCreationMessageKey?.id ?? "";
  const secret = poll?.body?.messageContextInfo?.messageSecret;
  const { vote } = update;
  if (!poll?.body || !secret || !vote?.encPayload || !vote.encIv)
    return { kind: "unsupported", vendorType: "pollUpdateMessage", reason: "a vote in a poll that is not known here" };
  const { body } = unwrap(poll.body);
  const made = body.pollCreationMessage ?? body.pollCreationMessageV2 ?? body.pollCreationMessageV3;
  const names = (made?.options ?? []).map(({ optionName }) => optionName ?? "");
  for (const pollCreatorJid of creators) {
    for (const voterJid of voters) {
      const hashes = opened(() => decryptPollVote(vote, { pollCreatorJid, pollMsgId, pollEncKey: secret, voterJid }).selectedOptions ?? []);
      if (hashes === undefined) continue;
      const chosen = new Set(hashes.map((hash) => Buffer.from(hash).toString("hex")));
      return { kind: "poll_vote", messageId: pollMsgId, options: names.filter((name) => chosen.has(sha256(name))) };
    }
  }
  return { kind: "unsupported", vendorType: "pollUpdateMessage", reason: "a vote that is not sealed for its poll" };
}

function opened<Result>(open: () => Result): Result | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
