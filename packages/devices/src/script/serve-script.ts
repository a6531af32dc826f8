import type { ElementsScript } from "./elements-script.ts";

const FOLDER = "/script";

/** Answers with the elements' files at their own paths; nothing at any other. Whoever loads a page may have them: they are what is published, and know nobody. */
export function createScriptServer(
  load: () => Promise<ElementsScript> = loadScript,
): (request: Request, path: string) => Promise<Response | undefined> {
  let loading: Promise<ElementsScript> | undefined;
  return async ({ method, url }, path) => {
    if ((path !== FOLDER && !path.startsWith(`${FOLDER}/`)) || (method !== "GET" && method !== "HEAD")) return undefined;
    loading ??= load();
    const { hash, files } = await loading.catch((error: unknown) => {
      // a load that failed is tried again
      loading = undefined;
      throw error;
    });
    // not a redirect: the file would be another module to those that take something from it, by its own address
    if (path === FOLDER) {
      // a browser takes it from beside the address that it asked for, in which a slash at the end is a folder
      const beside = new URL(url).pathname.endsWith("/") ? "." : `.${FOLDER}`;
      return asText(`import "${beside}/${hash}/wadesk.js";\n`, "no-cache");
    }
    const [, asked, name = ""] = /^\/script\/([^/]*)\/([^/]*)$/.exec(path) ?? [];
    const text = asked === hash && Object.hasOwn(files, name) ? files[name] : undefined;
    return text === undefined ? undefined : asText(text, "public, max-age=31536000, immutable");
  };
}

async function loadScript(): Promise<ElementsScript> {
  const { elementsScript } = await import("./elements-script.ts");
  return elementsScript();
}

function asText(text: string, cacheControl: string): Response {
  return new Response(text, {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": cacheControl, "x-content-type-options": "nosniff" },
  });
}
