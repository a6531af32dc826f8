import type { InboundContent } from "@wadesk/core";
import { isStorable, parseJson } from "@wadesk/core/ports";
import { asFlag, asList, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";

type Reader = (interactive: Wire) => InboundContent | undefined;

const buttonReply: Reader = ({ button_reply }) => {
  const reply = asRecord(button_reply);
  const id = asText(reply?.id);
  return id === undefined ? undefined : { kind: "button_reply", id, title: asText(reply?.title) ?? id };
};

const listReply: Reader = ({ list_reply }) => {
  const reply = asRecord(list_reply);
  const id = asText(reply?.id);
  if (id === undefined) return undefined;
  return { kind: "list_reply", id, title: asText(reply?.title) ?? id, ...present({ description: asText(reply?.description) }) };
};

// the form's answer is JSON inside a string, and that string where it is nested too deep
const flowReply: Reader = ({ nfm_reply }) => {
  const reply = asRecord(nfm_reply);
  return (
    reply && {
      kind: "flow_reply",
      ...present({ name: asText(reply.name), text: asText(reply.body) }),
      response: parsed(reply.response_json),
    }
  );
};

function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const answer = parseJson(value);
    return isStorable(answer) ? answer : value;
  } catch {
    return value;
  }
}

// the answer to a request to call, or the permission that a call of theirs brought with it
const callPermissionReply: Reader = ({ call_permission_reply }) => {
  const reply = asRecord(call_permission_reply);
  if (reply?.response !== "accept" && reply?.response !== "reject") return undefined;
  const until = asTime(reply.expiration_timestamp, 0);
  return {
    kind: "call_permission_reply",
    accepted: reply.response === "accept",
    ...present({
      permanent: asFlag(reply.is_permanent),
      until: until === 0 ? undefined : until,
      automatic: reply.response_source === undefined ? undefined : reply.response_source === "automatic",
    }),
  };
};

// the following three come in echoes of what the business sent from elsewhere

const buttons: Reader = (interactive) => {
  const text = bodyOf(interactive);
  const items = asList(asRecord(interactive.action)?.buttons).flatMap((item) => {
    const reply = asRecord(asRecord(item)?.reply);
    const id = asText(reply?.id);
    return id === undefined ? [] : [{ id, title: asText(reply?.title) ?? id }];
  });
  return text === undefined ? undefined : { kind: "buttons", text, buttons: items, ...present({ footer: footerOf(interactive) }) };
};

const list: Reader = (interactive) => {
  const text = bodyOf(interactive);
  const action = asRecord(interactive.action);
  const button = asText(action?.button);
  if (text === undefined || button === undefined) return undefined;
  const sections = asList(action?.sections).map((item) => {
    const section = asRecord(item);
    return { ...present({ title: asText(section?.title) }), rows: asList(section?.rows).flatMap(readRow) };
  });
  return { kind: "list", text, button, sections, ...present({ footer: footerOf(interactive) }) };
};

function readRow(value: unknown): { id: string; title: string; description?: string }[] {
  const row = asRecord(value);
  const id = asText(row?.id);
  return id === undefined ? [] : [{ id, title: asText(row?.title) ?? id, ...present({ description: asText(row?.description) }) }];
}

const ctaUrl: Reader = (interactive) => {
  const text = bodyOf(interactive);
  const parameters = asRecord(asRecord(interactive.action)?.parameters);
  const url = asText(parameters?.url);
  if (text === undefined || url === undefined) return undefined;
  const label = asText(parameters?.display_text) ?? url;
  return { kind: "cta_url", text, label, url, ...present({ footer: footerOf(interactive) }) };
};

function bodyOf(interactive: Wire): string | undefined {
  return asText(asRecord(interactive.body)?.text);
}

function footerOf(interactive: Wire): string | undefined {
  return asText(asRecord(interactive.footer)?.text);
}

const READERS: ReadonlyMap<unknown, Reader> = new Map<string, Reader>([
  ["button_reply", buttonReply],
  ["list_reply", listReply],
  ["nfm_reply", flowReply],
  ["call_permission_reply", callPermissionReply],
  ["button", buttons],
  ["list", list],
  ["cta_url", ctaUrl],
]);

/** Reads an `interactive` message: a tap, a chosen row, a filled-in form. */
export function readInteractive(message: Wire): InboundContent | undefined {
  const interactive = asRecord(message.interactive);
  if (interactive === undefined) return undefined;
  const content = READERS.get(interactive.type)?.(interactive);
  return content ?? { kind: "unknown", vendorType: `interactive.${asText(interactive.type) ?? "none"}` };
}
