// Jest: the packages by `require`, in its own module system, on Node and in jsdom.
import mount = require("@wadesk/webhooks/node");
import http = require("node:http");
import core = require("@wadesk/core");
import walked = require("./walk.mjs");

declare const test: (name: string, run: () => Promise<void>, limitMs: number) => void;

const serve: walked.Serve = async (handler) => {
  const server = http.createServer(mount.toNode(handler));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
};

test("an application receives and sends", () => walked.walk(serve), 60_000);
test("what it refuses is a WadeskError", async () => {
  if (!core.isWadeskError(new core.WadeskError("not_found"))) throw new Error("it is none");
}, 60_000);
