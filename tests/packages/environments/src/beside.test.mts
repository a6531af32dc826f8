// Vitest 3 and MSW 2 beside the test kit: the contracts and the handlers work with them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createFakeMeta } from "@wadesk/testing";
import { mountContract } from "@wadesk/testing/contracts";
import { metaHandlers } from "@wadesk/testing/msw";
import { toNode } from "@wadesk/webhooks/node";
import { setupServer } from "msw/node";
import { expect, it } from "vitest";

mountContract("a mount under Vitest 3", async (handlers, { bodyEaten }) => {
  const server = createServer(async (incoming, outgoing) => {
    if (bodyEaten) for await (const _chunk of incoming);
    const found = handlers.find(({ path }) => incoming.url?.startsWith(path));
    toNode(found?.handle ?? (async () => new Response(null, { status: 404 })))(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
});

it("answers Meta's address by MSW 2", async () => {
  const meta = createFakeMeta();
  const network = setupServer(...metaHandlers(meta));
  network.listen({ onUnhandledRequest: "error" });
  const refused = await fetch("https://graph.facebook.com/v23.0/debug_token?input_token=none");
  expect(refused.status).toBeGreaterThanOrEqual(400);
  network.close();
  await meta.close();
});
