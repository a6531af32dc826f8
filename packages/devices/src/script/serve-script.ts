import type { ElementsScript } from "./elements-script.ts";

const FOLDER = "/script";

/** Answers with the elements' script at its own paths; nothing at any other. Whoever loads a page may have it: it is what is published, and knows nobody. */
export function createScriptServer(
  load: () => Promise<ElementsScript> = loadScript,
): (request: Request, path: string) => Promise<Response | undefined> {
  let loading: Promise<ElementsScript> | undefined;
  return async ({ method }, path) => {
    if ((path !== FOLDER && !path.startsWith(`${FOLDER}/`)) || (method !== "GET" && method !== "HEAD")) return undefined;
    loading ??= load();
    const script = await loading.catch((error: unknown) => {
      // a load that failed is tried again
      loading = undefined;
      throw error;
    });
    if (path === FOLDER) return sentTo(script);
    return path === `${FOLDER}/${script.hash}.js` ? asText(script) : undefined;
  };
}

async function loadScript(): Promise<ElementsScript> {
  const { elementsScript } = await import("./elements-script.ts");
  return elementsScript();
}

// relative, so that it is right wherever the handler is mounted and whatever a proxy cuts off
function sentTo({ hash }: ElementsScript): Response {
  return new Response(null, { status: 302, headers: { location: `script/${hash}.js`, "cache-control": "no-cache" } });
}

function asText({ text }: ElementsScript): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    },
  });
}
