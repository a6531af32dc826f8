import type { Call, Operation } from "../api/call.ts";
import { iso8601 } from "../api/dates.ts";
import { cutPage, pageWithMeta } from "../api/paging.ts";
import { notFound } from "../api/twilio-error.ts";
import type { ContentState } from "../state.ts";

/** `GET /v1/Content`. */
export const listContents: Operation = (call) => ({
  body: pageWithMeta("contents", cutPage(own(call), call.request.url), (content) => written(content, call.request.url)),
});

/** `GET /v1/ContentAndApprovals`. */
export const listContentsAndApprovals: Operation = (call) => ({
  body: pageWithMeta("contents", cutPage(own(call), call.request.url), (content) => {
    const { url: _, links: __, ...plain } = written(content, call.request.url);
    return { ...plain, approval_requests: content.approval === "unsubmitted" ? {} : approval(content) };
  }),
});

/** `GET /v1/Content/{Sid}`. */
export const fetchContent: Operation = (call) => ({ body: written(contentOf(call), call.request.url) });

/** `GET /v1/Content/{Sid}/ApprovalRequests`. */
export const fetchApproval: Operation = (call) => {
  const content = contentOf(call);
  return {
    body: {
      sid: content.sid,
      account_sid: content.accountSid,
      // without a request for it there is nothing to tell
      ...(content.approval !== "unsubmitted" && { whatsapp: approval(content) }),
      url: new URL(`/v1/Content/${content.sid}/ApprovalRequests`, call.request.url).href,
    },
  };
};

function own({ state, account }: Call): readonly ContentState[] {
  return [...state.contents.values()].filter((content) => content.accountSid === account.sid);
}

function contentOf({ state, account, places, request }: Call): ContentState {
  const content = state.contents.get(places.Sid ?? "");
  if (content?.accountSid !== account.sid) throw notFound(request.url.pathname);
  return content;
}

function approval(content: ContentState): object {
  return {
    type: "whatsapp",
    name: content.friendlyName,
    category: content.category,
    content_type: Object.keys(content.types)[0] ?? "twilio/text",
    status: content.approval,
    rejection_reason: content.approval === "rejected" ? "INVALID_FORMAT" : "",
    allow_category_change: true,
  };
}

function written(content: ContentState, url: URL): Readonly<Record<string, unknown>> {
  const address = new URL(`/v1/Content/${content.sid}`, url).href;
  return {
    sid: content.sid,
    account_sid: content.accountSid,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: iso8601(content.createdAt),
    date_updated: iso8601(content.createdAt),
    url: address,
    links: { approval_create: `${address}/ApprovalRequests/whatsapp`, approval_fetch: `${address}/ApprovalRequests` },
  };
}
