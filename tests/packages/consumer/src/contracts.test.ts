// The published contracts, run as the author of a mount runs them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mountContract } from "@wadesk/testing/contracts";
import { toNode } from "@wadesk/webhooks/node";

mountContract("a mount of the consumer's own", async (handlers, { bodyEaten }) => {
  const server = createServer(async (incoming, outgoing) => {
    if (bodyEaten) for await (const _chunk of incoming);
    const found = handlers.find(({ path }) => incoming.url?.startsWith(path));
    toNode(found?.handle ?? (() => new Response(null, { status: 404 })))(incoming, outgoing);
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
