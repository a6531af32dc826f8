import { describe, expect, it } from "vitest";
import { openScreen } from "../testing/open-screen.ts";
import { elementsScript } from "./elements-script.ts";

type Ask = ReturnType<typeof openScreen>["ask"];

/** Where the elements' script takes its first file from. */
async function firstFile(ask: Ask): Promise<string> {
  const script = await ask("nobody", "GET", "/script");
  return /^import "\.(\/script\/[0-9a-f]{20}\/)wadesk\.js";\n$/.exec(await script.text())?.[1] ?? "";
}

describe("the elements' script", () => {
  it("takes files from a path that names their bytes, and stays there for a year; whoever loads a page may have them", async () => {
    const { ask, handler } = openScreen({ authorize: () => undefined });
    const script = await ask("nobody", "GET", "/script");
    expect([script.status, script.headers.get("content-type"), script.headers.get("cache-control")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
      "no-cache",
    ]);
    const folder = await firstFile(ask);
    expect(folder).not.toBe("");
    const { hash, files } = await elementsScript();
    expect(folder).toBe(`/script/${hash}/`);
    for (const [name, text] of Object.entries(files)) {
      const file = await ask("nobody", "GET", `${folder}${name}`);
      expect([file.status, file.headers.get("content-type"), file.headers.get("cache-control")]).toEqual([
        200,
        "text/javascript; charset=utf-8",
        "public, max-age=31536000, immutable",
      ]);
      expect(await file.text()).toBe(text);
    }
    await handler.close();
  });

  it("leads to the same file where it is asked for with a slash at its end", async () => {
    const { ask } = openScreen();
    const leadsTo = async (path: string): Promise<string> => {
      const [, imported = ""] = /^import "(.+)";\n$/.exec(await (await ask("nobody", "GET", path)).text()) ?? [];
      return new URL(imported, `https://chat.example.com/wadesk${path}`).pathname;
    };
    const { hash } = await elementsScript();
    expect([await leadsTo("/script"), await leadsTo("/script/")]).toEqual(Array(2).fill(`/wadesk/script/${hash}/wadesk.js`));
  });

  it("of another hash or name is not there, whatever the name says, and nothing is sent to it", async () => {
    const { ask } = openScreen();
    const folder = await firstFile(ask);
    const elsewhere = ["/script/0123456789abcdef0123/wadesk.js", "/scripts", folder, `${folder}other.js`, `${folder}constructor`];
    for (const path of [...elsewhere, `${folder}..%2Fwadesk.js`, `${folder}./x/wadesk.js`, `${folder}%2e%2e%2f%2e%2e%2fpackage.json`])
      expect([path, (await ask("owner", "GET", path)).status]).toEqual([path, 404]);
    expect((await ask("owner", "POST", "/script", {})).status).toBe(404);
  });

  it("has what both elements show at first in two files, and each file names only others of them", async () => {
    const { files } = await elementsScript();
    expect(Object.keys(files).toSorted()).toEqual([
      "account-part.js",
      "pairing-page.js",
      "panel-part.js",
      "settings-screen.js",
      "shared.js",
      "wadesk.js",
    ]);
    const importedBy = (name: string): readonly string[] =>
      [...(files[name] ?? "").matchAll(/(?:from|import\()[`"]\.\/([\w-]+\.js)[`"]/g)].map(([, each]) => each ?? "");
    for (const name of Object.keys(files)) for (const imported of importedBy(name)) expect(Object.keys(files)).toContain(imported);
    expect(importedBy("settings-screen.js").toSorted()).toEqual(["panel-part.js", "wadesk.js"]);
    // none of them waits for a file before the first picture
    expect(/^import\b|\bfrom[`"]/.test(files["wadesk.js"] ?? "")).toBe(false);
  });
});
