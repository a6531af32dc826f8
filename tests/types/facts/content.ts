import type { Content, OutboundContent } from "@wadesk/core";

/** A text is content by itself. */
export const text: OutboundContent = { kind: "text", text: "Hello" };

// @ts-expect-error a kind that nobody knows is no content
export const invented: Content = { kind: "hologram" };

// @ts-expect-error a text without its text is no content
export const empty: OutboundContent = { kind: "text" };
