import { createWadesk, memoryStorage, type Storage, type Wadesk } from "@wadesk/core";
import { type ManualClock, manualClock } from "@wadesk/testing";
import { createDevicesHandler, type DevicesHandler } from "../handler.ts";
import type { DevicesOptions, DevicesPerson } from "../options.ts";
import { type EchoChannel, type EchoVendor, echoVendor } from "./echo-channel.ts";

/** Somebody who is signed in. */
export const PEOPLE: Readonly<Record<"owner" | "member" | "operator" | "memberOperator" | "rival", DevicesPerson>> = {
  owner: { workspaceId: "acme", userId: "ana", role: "owner" },
  member: { workspaceId: "acme", userId: "ben", role: "member" },
  operator: { workspaceId: "acme", userId: "olga", role: "owner", platform: true },
  memberOperator: { workspaceId: "acme", userId: "mo", role: "member", platform: true },
  rival: { workspaceId: "rival", userId: "rita", role: "owner", platform: true },
};

/** Who asks; nobody where no session is there. */
export type Who = keyof typeof PEOPLE | "nobody";

/** An application with the screen's handler, and everything a test looks at. */
export interface Screen {
  readonly wadesk: Wadesk<EchoChannel<"echo"> | EchoChannel<"pager">>;
  readonly echo: EchoVendor<"echo">;
  readonly pager: EchoVendor<"pager">;
  readonly clock: ManualClock;
  readonly handler: DevicesHandler;
  readonly log: string[];
  /** How often anything was written. */
  writes(): number;
  /** Whoever may come in from now on. */
  signOut(who: Who): void;
  ask(who: Who, method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

const ORIGIN = "https://chat.example.com";

/** Opens one. */
export function openScreen(
  options: Partial<DevicesOptions> & {
    readonly beside?: Pick<Screen, "clock"> & { readonly storage: Storage };
    readonly fetch?: typeof globalThis.fetch;
    readonly publicUrl?: string;
  } = {},
): Screen & { readonly storage: Storage } {
  const { beside, fetch, publicUrl = ORIGIN, ...own } = options;
  const clock = beside?.clock ?? manualClock();
  const echo = echoVendor("echo");
  const pager = echoVendor("pager");
  let writes = 0;
  const storage =
    beside?.storage ??
    counting(memoryStorage({ now: () => clock.now() }), () => {
      writes += 1;
    });
  const log: string[] = [];
  const line = (data: object, message: string): void => void log.push(`${message} ${JSON.stringify(data)}`);
  const wadesk = createWadesk({
    channels: [echo.channel, pager.channel],
    storage,
    clock: clock.clock,
    encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}`,
    log: { debug: line, info: line, warn: line, error: line },
    publicUrl,
    ...(fetch && { fetch }),
  });
  const gone = new Set<string>();
  const authorize = (request: Request): DevicesPerson | undefined => {
    const who = request.headers.get("x-session") ?? "nobody";
    return who in PEOPLE && !gone.has(who) ? PEOPLE[who as keyof typeof PEOPLE] : undefined;
  };
  const handler = createDevicesHandler(wadesk, { authorize, ...own });
  return {
    wadesk,
    echo,
    pager,
    clock,
    handler,
    storage,
    log,
    writes: () => writes,
    signOut: (who) => void gone.add(who),
    ask: (who, method, path, body, headers = {}) => {
      const type = method === "GET" ? {} : { "content-type": "application/json", "sec-fetch-site": "same-origin" };
      const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
      const url = `${ORIGIN}/wadesk${path}`;
      const sent = new Headers();
      for (const [name, value] of Object.entries({ "x-session": who, ...type, ...headers })) sent.set(name, value);
      // one that is empty is one that is not there
      for (const [name, value] of [...sent]) if (value === "") sent.delete(name);
      const bytes = text.body === undefined ? {} : { body: new TextEncoder().encode(text.body) };
      return handler(new Request(url, { method, ...bytes, headers: sent }));
    },
  };
}

const WRITES = /^(insert|set|update|setPrimary|delete|clear|take|touch|forgetChanges)$/;

function counting(storage: Storage, wrote: () => void): Storage {
  const counted = <Store extends object>(store: Store): Store =>
    new Proxy(store, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== "function") return value;
        return (...given: readonly unknown[]): unknown => {
          if (WRITES.test(String(name))) wrote();
          return Reflect.apply(value, target, given);
        };
      },
    });
  return { ...storage, connections: counted(storage.connections), records: counted(storage.records) };
}
