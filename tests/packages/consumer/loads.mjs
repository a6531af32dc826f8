// Prints, as a JSON array, the packages that importing one specifier loads.
import { registerHooks } from "node:module";

const loaded = new Set();
registerHooks({
  load(url, context, nextLoad) {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return nextLoad(url, context);
  },
});

await import(process.argv[2]);
console.log(JSON.stringify([...loaded].sort()));
