import type { Desk } from "./desk.ts";
import { refused } from "./refusal.ts";

const WANTED =
  "the handler of the screen takes a Request and was given a framework's own; mount it by @wadesk/webhooks: app.use(toExpress(handler)) in Express, createServer(toNode(handler)) with node:http";

/** The desks whose log was told, each once: strangers call too. */
const told = new WeakSet<object>();

/**
 * The answer where a framework calls the handler without a mount, with what is no `Request`. Node's own response, which comes in the platform's place, is ended with
 * it: nobody else would, and the browser would wait.
 */
export function answerUnmounted(desk: Pick<Desk, "log">, response: unknown): Response {
  desk.log[told.has(desk) ? "debug" : "error"]({ code: "configuration_invalid" }, WANTED);
  told.add(desk);
  const ends = response as { statusCode?: number; end?: (body: string) => void } | undefined;
  if (typeof ends?.end === "function") {
    ends.statusCode = 500;
    ends.end(WANTED);
  }
  return refused({ status: 500, error: { code: "configuration_invalid", remedy: "none", message: WANTED } });
}
