import { strict as assert } from "node:assert";
import { createFakeMeta } from "@wadesk/testing";
import { metaHandlers } from "@wadesk/testing/msw";
import { setupServer } from "msw/node";

const meta = createFakeMeta();
const network = setupServer(...metaHandlers(meta));
network.listen({ onUnhandledFrame: "error" });
const refused = await fetch("https://graph.facebook.com/v23.0/debug_token?input_token=none");
assert.ok(refused.status >= 400 && refused.status < 500);
network.close();
await meta.close();
