import { walk } from "./walk.mjs";

type Fetch = (request: Request) => Promise<Response>;
declare const Bun: {
  readonly version: string;
  serve(options: { readonly port: number; readonly hostname: string; readonly fetch: Fetch }): { readonly port: number; stop(): void };
};

await walk(async (handler) => {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: handler });
  return { origin: `http://127.0.0.1:${server.port}`, close: () => server.stop() };
});
console.log(`Bun ${Bun.version}`);
