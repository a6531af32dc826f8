import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { toNode } from "@wadesk/webhooks/node";

/** A page with an element on it, under the strictest policy that the design allows. */
export interface PageHost {
  readonly origin: string;
  close(): Promise<void>;
}

/** What the design asks of a host's policy, and no more. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

/** Serves it: `answer` is the application behind `/wadesk`; `?theme=dark` and attributes of the element stand in the page's address. */
export async function openPageHost(answer: (request: Request) => Promise<Response>): Promise<PageHost> {
  const server = createServer(
    toNode(async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.startsWith("/wadesk")) return answer(request);
      if (pathname !== "/") return new Response(null, { status: pathname === "/favicon.ico" ? 204 : 404 });
      return new Response(pageOf(searchParams), {
        headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY },
      });
    }),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

function pageOf(wanted: URLSearchParams): string {
  const { theme = "light", tag = "wadesk-devices", dir = "ltr", lang = "en", ...attributes } = Object.fromEntries(wanted);
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value.replace(/[^\w-]/g, "")}"`);
  return `<!DOCTYPE html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme}"><title>Numbers</title><script type="module" src="/wadesk/script"></script></head>
<body><main><h1>Your app</h1><${tag} theme="${theme}"${written.join("")}></${tag}></main></body></html>`;
}
