import type { Content, InboundContent, OutboundContent } from "@wadesk/core";

/** A text is content by itself. */
export const text: OutboundContent = { kind: "text", text: "Hello" };

// @ts-expect-error a kind that nobody knows is no content
export const invented: Content = { kind: "hologram" };

// @ts-expect-error a text without its text is no content
export const empty: OutboundContent = { kind: "text" };

/** What people answer can come in. */
export const permission: InboundContent = { kind: "call_permission_reply", accepted: true, until: 1_767_312_000_000 };

// @ts-expect-error and is not sent
export const permitted: OutboundContent = { kind: "call_permission_reply", accepted: true };
