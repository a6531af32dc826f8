import { builtinModules } from "node:module";

// What each public entry loads at once, minified and gzipped: our own files and the packages they import statically, without what is
// imported on first use. The limit is a little over what was measured; raising it is a decision.
const core = ["@wadesk/core"];
// Twilio's own client is Node's alone, and is loaded with the first call
const vendor = [...core, "twilio"];
// Node's alone; a database's client and the query builder are loaded when it is opened
const database = [...core, "kysely", "pg", "node:sqlite", ...builtinModules.map((name) => `node:${name}`)];
const kit = [...core, "msw", "vitest", ...builtinModules.map((name) => `node:${name}`)];

// Baileys is the application's own; ws and the curves are what every client of it loads besides
const web = [...kit, "@whiskeysockets/baileys", "ws", "@noble/curves"];

const entry = (name, path, limit, ignore = core) => ({
  name: `@wadesk/${name}`,
  path: `packages/${path}`,
  entry: [path.slice(path.lastIndexOf("/") + 1, -".js".length)],
  ignore,
  limit,
  gzip: true,
});

export default [
  entry("cloud-api", "cloud-api/dist/index.js", "7.8 kB"),
  entry("cloud-api/browser", "cloud-api/dist/browser/index.js", "3 kB"),
  entry("cloud-api/inbound", "cloud-api/dist/inbound/index.js", "15.5 kB"),
  entry("cloud-api/signup", "cloud-api/dist/door/index.js", "1.9 kB"),
  entry("core", "core/dist/index.js", "21.8 kB", []),
  // what every client loads with its first call
  {
    name: "@wadesk/core, at work",
    path: "packages/core/dist/late-*.js",
    ignore: ["jose", "zod", "libphonenumber-js", "@noble/hashes"],
    limit: "64.3 kB",
    gzip: true,
  },
  entry("core/ports", "core/dist/ports.js", "11.2 kB", []),
  entry("core/qr", "core/dist/qr.js", "5.5 kB", []),
  entry("devices", "devices/dist/index.js", "2.2 kB"),
  // what a handler loads with its first request
  {
    name: "@wadesk/devices, at work",
    path: "packages/devices/dist/serve-*.js",
    // the text of the elements' script is loaded by whoever serves it
    ignore: [...core, "zod", "./elements-script.js"],
    limit: "14.8 kB",
    gzip: true,
  },
  // the elements without Lit, which is the page's own, and without what is loaded on first use
  entry("devices/elements", "devices/dist/elements.js", "32 kB", [...core, "lit"]),
  // as a script tag has it, with Lit, file by file: what both elements on one page load until each has shown its first picture, the list
  // and the choice of the engine; what adds a number, a channel's settings and what asks before something is done come with their first use
  {
    name: "@wadesk/devices, the script: both elements at first",
    path: ["wadesk", "settings-screen"].map((file) => `packages/devices/dist/wadesk-elements/${file}.js`),
    limit: "45 kB",
    gzip: true,
    rolldown: false,
  },
  {
    name: "@wadesk/devices, the script: all files",
    path: "packages/devices/dist/wadesk-elements/*.js",
    limit: "75 kB",
    gzip: true,
    rolldown: false,
  },
  entry("devices/labels/es", "devices/dist/labels/es.js", "12.5 kB"),
  entry("devices/labels/pt", "devices/dist/labels/pt.js", "12.5 kB"),
  entry("devices/react", "devices/dist/react.js", "100 B"),
  entry("devices/vue", "devices/dist/vue.js", "150 B", [...core, "vue"]),
  entry("storage/postgres", "storage/dist/postgres/index.js", "30.3 kB", database),
  entry("storage/sqlite", "storage/dist/sqlite/index.js", "28.3 kB", database),
  entry("testing", "testing/dist/index.js", "54.2 kB", kit),
  entry("testing/contracts", "testing/dist/contracts/index.js", "34.5 kB", kit),
  entry("testing/msw", "testing/dist/msw/index.js", "800 B", kit),
  entry("testing/whatsapp-web", "testing/dist/whatsapp-web/index.js", "46 kB", web),
  entry("twilio", "twilio/dist/index.js", "7.5 kB", vendor),
  entry("twilio/inbound", "twilio/dist/inbound/index.js", "5.7 kB"),
  entry("unofficial", "unofficial/dist/index.js", "6.7 kB", web),
  entry("unofficial/service", "unofficial/dist/service/index.js", "21.6 kB", [
    ...web,
    "@wadesk/storage",
    "@wadesk/webhooks",
    "pino",
    "prom-client",
  ]),
  entry("unofficial/bridge", "unofficial/dist/bridge/index.js", "14.7 kB", web),
  entry("webhooks", "webhooks/dist/index.js", "8.2 kB"),
  entry("webhooks/express", "webhooks/dist/mounts/express.js", "1.92 kB"),
  entry("webhooks/fastify", "webhooks/dist/mounts/fastify.js", "2.05 kB"),
  entry("webhooks/next", "webhooks/dist/mounts/next.js", "450 B"),
  entry("webhooks/node", "webhooks/dist/mounts/node.js", "1.95 kB"),
];
