import type { SendOptions, SendRequest } from "../api/sending.ts";
import type { Answerable } from "../api/wadesk.ts";
import type { Workspace } from "../api/workspace.ts";
import type { WadeskEvent } from "../model/event.ts";
import type { AnyChannel } from "../ports/channel.ts";

/** `send(to, content, options)` as the request it stands for. One argument is a request already. */
export function sendRequestOf(
  first: SendRequest | SendRequest["to"],
  ...others: readonly [(string | SendRequest["content"])?, SendOptions?]
): SendRequest {
  // what is no request is refused where requests are read; a number alone lacks its text
  if (others.length === 0 && typeof first !== "string") return first as SendRequest;
  const [content, options] = others;
  return { ...options, to: first as SendRequest["to"], content: contentOf(content) };
}

/** An event with the way to answer it, which is no part of what it says: it is not printed, copied or stored. */
export function answerable(
  workspace: Pick<Workspace<AnyChannel>, "send">,
  event: WadeskEvent<"message.received">,
): WadeskEvent<"message.received"> & Answerable {
  const { data } = event;
  const { id: from } = data.connection;
  const to = data.groupId === undefined ? data.contact : { groupId: data.groupId };
  const reply: Answerable["reply"] = (content, options) => workspace.send({ ...options, to, content: contentOf(content), from });
  return Object.defineProperty({ ...event }, "reply", { value: reply }) as WadeskEvent<"message.received"> & Answerable;
}

function contentOf(content: string | SendRequest["content"] | undefined): SendRequest["content"] {
  return typeof content === "string" ? { kind: "text", text: content } : (content as SendRequest["content"]);
}
