import { mkdir, writeFile } from "node:fs/promises";
import type { UserConfig } from "tsdown";
import { published } from "../../tsdown.base.ts";
import { elementsScript } from "./src/script/elements-script.ts";

const script = await elementsScript();

const SCRIPT_MODULE = `export interface ElementsScript { readonly hash: string; readonly files: Readonly<Record<string, string>> }
export async function elementsScript(): Promise<ElementsScript> { return ${JSON.stringify(script)}; }`;

const config: UserConfig = {
  ...published({
    index: "src/index.ts",
    elements: "src/elements/define.ts",
    "labels/pt": "src/elements/labels/pt/pt.ts",
    "labels/es": "src/elements/labels/es/es.ts",
    react: "src/react.ts",
    vue: "src/vue.ts",
    // a file of its own, loaded by whoever serves it
    "elements-script": "src/script/elements-script.ts",
  }),
  plugins: [
    {
      // what is published has the script's texts, and bundles nothing
      name: "the elements' script",
      load: (id: string) => (id.endsWith("/script/elements-script.ts") ? SCRIPT_MODULE : undefined),
    },
  ],
  hooks: {
    // the same for a page that takes them from files
    "build:done": async () => {
      const folder = new URL("./dist/wadesk-elements/", import.meta.url);
      await mkdir(folder, { recursive: true });
      for (const [name, text] of Object.entries(script.files)) await writeFile(new URL(name, folder), text);
    },
  },
};

export default config;
