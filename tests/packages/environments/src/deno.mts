import { walk } from "./walk.mjs";

type Fetch = (request: Request) => Promise<Response>;
declare const Deno: {
  readonly version: { readonly deno: string };
  serve(
    options: { readonly port: number; readonly hostname: string; readonly onListen: () => void },
    fetch: Fetch,
  ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> };
};

await walk(async (handler) => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  return { origin: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
});
console.log(`Deno ${Deno.version.deno}`);
