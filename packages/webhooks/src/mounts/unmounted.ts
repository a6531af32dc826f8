import type { Logger } from "@wadesk/core";

const WANTED =
  "a webhook handler takes a Request and was given a framework's own; mount it: app.use(toExpress(handler)) in Express, createServer(toNode(handler)) with node:http";

/**
 * The answer where a framework calls the handler without a mount, with what is no `Request`. Node's own response, which comes in the platform's place, is ended with
 * it: nobody else would, and the vendor would wait. `log` is a sparing one: strangers call too.
 */
export function unmounted({ log }: { readonly log: Logger }, response: unknown): Response {
  const code = "configuration_invalid";
  log.error({ code }, WANTED);
  const ends = response as { statusCode?: number; end?: (body: string) => void } | undefined;
  if (typeof ends?.end === "function") {
    ends.statusCode = 500;
    ends.end(WANTED);
  }
  return Response.json({ error: { code, message: WANTED, remedy: "none" } }, { status: 500 });
}
