export { type AppOptions, createAppHandler } from "./app-handler.ts";
export { type ChatTemplate, TEMPLATE_TEXT } from "./chat-routes.ts";
export { type Chats, openChats } from "./chats.ts";
export { type AppClient, answerTexts } from "./conversations.ts";
export { createSessions, type Sessions } from "./sessions.ts";
export type { SimulatedWorld, WorldAction, WorldGroup, WorldView } from "./simulated-world.ts";
