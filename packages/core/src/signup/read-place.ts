import type { SignupUser } from "../api/signup.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { ChannelSignup } from "../ports/signup.ts";
import { readKind } from "../requests/read-requests.ts";

/** Whose signups, and by which channel's dialog. */
export interface SignupPlace {
  readonly kind: string;
  readonly signup: ChannelSignup<unknown, unknown>;
  readonly userId: string;
}

/** Reads what `signup` is asked with. Throws `input_invalid` for a channel without one, and for a user without an id. */
export function readSignupPlace(channels: ReadonlyMap<string, AnyChannel>, given: string, user: SignupUser): SignupPlace {
  const kind = readKind(given);
  const signup: ChannelSignup<unknown, unknown> | undefined = channelOf(channels, kind).signup;
  if (signup === undefined) throw invalidField("kind", `${kind} has no signup; use connect()`, "not_one_of");
  checkRequest<SignupUser>(user, { userId: "any" });
  const { userId } = user;
  if (typeof userId !== "string" || userId.trim() === "")
    throw invalidField("userId", "give your id of the person, a text that is not empty", "required");
  return { kind, signup, userId };
}
