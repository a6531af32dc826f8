import { isWadeskError } from "@wadesk/core";
import { answer, bodyUpTo, json, objectOf, refused } from "./answers.ts";
import { type ChatMessage, PICTURE_TYPES } from "./chat-message.ts";
import type { Chats } from "./chats.ts";
import { type AppClient, type Outgoing, sendFromChat } from "./conversations.ts";
import type { Person } from "./people.ts";

/** A template that may begin a chat, as the vendor knows it. */
export interface ChatTemplate {
  readonly name: string;
  readonly language: string;
}

/** What the chat works with. */
export interface ChatDesk {
  readonly wadesk: AppClient;
  readonly chats: Chats;
  /** By channel; Meta gives every account `hello_world`. */
  readonly templates: Readonly<Record<string, ChatTemplate>>;
}

type Route = (desk: ChatDesk, person: Person, request: Request, query: URLSearchParams) => Promise<Response> | Response;

const LARGEST_PICTURE = 5 * 1024 * 1024;
const HELLO_WORLD: ChatTemplate = { name: "hello_world", language: "en_US" };
/** What the template says, for a channel that has none and sends it as text. */
export const TEMPLATE_TEXT = "Hello World. Welcome and congratulations!";
const BEAT_MS = 20_000;

/** The chat as JSON and live events, of the workspace of whoever is signed in. Members write, too. */
export const CHAT_ROUTES: Readonly<Record<string, Route>> = {
  "GET /app/api/chats": ({ chats }, { workspaceId }) => json({ chats: chats.heads(workspaceId) }),

  "GET /app/api/messages": ({ chats }, { workspaceId }, _request, query) =>
    json({ messages: chats.messages(workspaceId, query.get("chat") ?? "").map(wireOf) }),

  "POST /app/api/messages": async (desk, { workspaceId }, request) => {
    const { chat, text, template } = (await objectOf(request)) ?? {};
    const to = recipientOf(desk, workspaceId, chat);
    if (to === undefined) return refused(400, "Write a number as + with country code and digits");
    if (template === true) return send(desk, workspaceId, { ...to, ...(await helloOf(desk)) });
    if (typeof text !== "string" || text.trim() === "") return refused(400, "Write something first");
    return send(desk, workspaceId, { ...to, kind: "text", text, content: { kind: "text", text } });
  },

  "POST /app/api/pictures": async (desk, { workspaceId }, request, query) => {
    const mimeType = request.headers.get("content-type") ?? "";
    const to = recipientOf(desk, workspaceId, query.get("chat"));
    if (to === undefined || !PICTURE_TYPES.includes(mimeType)) return refused(400, "Choose a JPEG, PNG or WebP picture for somebody");
    const bytes = await bodyUpTo(request, LARGEST_PICTURE);
    if (bytes === undefined) return refused(413, "Choose a picture of 5 MB at most");
    const text = query.get("caption") ?? "";
    const media = { data: bytes, mimeType };
    const content = { kind: "image", media, ...(text !== "" && { caption: text }) } as const;
    return send(desk, workspaceId, { ...to, kind: "image", text, picture: { bytes, mimeType }, content });
  },

  "GET /app/api/pictures": async ({ wadesk, chats }, { workspaceId }, _request, query) => {
    const picture = chats.message(workspaceId, query.get("id") ?? "")?.picture;
    if (picture === undefined) return refused(404, "There is no such picture");
    if ("bytes" in picture) return answer(picture.mimeType, new Uint8Array(picture.bytes));
    try {
      const { media } = wadesk.workspace(workspaceId);
      const { stream, mimeType } = await media.download(picture.media, { from: picture.connectionId, maxBytes: LARGEST_PICTURE });
      if (PICTURE_TYPES.includes(mimeType)) return answer(mimeType, stream);
      await stream.cancel();
      return refused(415, "It is no picture that is shown here");
    } catch (error) {
      if (!isWadeskError(error)) throw error;
      return refused(error.httpStatus, error.message);
    }
  },

  "GET /app/api/events": ({ chats }, { workspaceId }) => answer("text/event-stream", eventsOf(chats, workspaceId)),
};

async function send({ wadesk, chats }: ChatDesk, workspaceId: string, outgoing: Outgoing): Promise<Response> {
  const id = await sendFromChat(wadesk, chats, workspaceId, outgoing);
  const message = chats.message(workspaceId, id);
  return json({ message: message && wireOf(message) }, 202);
}

// a chat that is there, or somebody new by their number
function recipientOf({ chats }: ChatDesk, workspaceId: string, chat: unknown): Pick<Outgoing, "chat" | "to" | "name"> | undefined {
  if (typeof chat !== "string") return undefined;
  const last = chats.messages(workspaceId, chat).at(-1);
  if (last !== undefined) return { chat, to: last.to, name: undefined };
  return /^\+\d{5,15}$/.test(chat) ? { chat, to: chat, name: undefined } : undefined;
}

async function helloOf({ wadesk, templates }: ChatDesk): Promise<Pick<Outgoing, "kind" | "text" | "content" | "fallback">> {
  const { name, language } = templates[await wadesk.settings.activeChannel()] ?? HELLO_WORLD;
  return { kind: "template", text: TEMPLATE_TEXT, content: { kind: "template", name, language, text: TEMPLATE_TEXT }, fallback: "text" };
}

// what of a message a browser needs
function wireOf({ id, chat, name, isOurs, kind, text, at, status, failure, picture }: ChatMessage): object {
  return { id, chat, name, isOurs, kind, text, at, status, failure, hasPicture: picture !== undefined };
}

// server-sent events of this process: where several serve the pages, the database's own notices belong here
function eventsOf(chats: Chats, workspaceId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = (): void => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string): void => controller.enqueue(encoder.encode(text));
      const stop = chats.watch(workspaceId, (message) => say(`data: ${JSON.stringify(wireOf(message))}\n\n`));
      const beat = setInterval(() => say(":\n\n"), BEAT_MS).unref();
      end = () => {
        stop();
        clearInterval(beat);
      };
      say(":\n\n");
    },
    cancel: () => end(),
  });
}
