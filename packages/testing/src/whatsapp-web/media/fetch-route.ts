/** A media host of this process. */
export interface RoutedHost {
  /** `https://127.0.0.1:<port>`, as clients know it. */
  readonly origin: string;
  /** `http://127.0.0.1:<port>`: the same without TLS. */
  readonly plainOrigin: string;
  has(path: string): boolean;
}

interface Dispatcher {
  dispatch(options: { readonly origin?: string | URL; readonly path: string }, handler: unknown): boolean;
}

// where WhatsApp's own blobs are fetched from whatever a message says: history and app state name no host at all
const WHATSAPP_ORIGIN = "https://mmg.whatsapp.net";
// where Node's fetch keeps its dispatcher, and where a copy of undici finds it
const PLACES: readonly symbol[] = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];

interface Routes {
  readonly hosts: Set<RoutedHost>;
  readonly replaced: Map<symbol, { readonly original: Dispatcher; readonly ours: Dispatcher }>;
}

// on the global object, where another copy of this package finds it
const ROUTES = Symbol.for("@wadesk/testing/whatsapp-web routes");

/**
 * Lets the `fetch` of this process reach a media host without trusting its certificate, and through it whatever it asks of WhatsApp's own media
 * host. All other requests pass untouched. Answers how to stop.
 */
export function routeFetch(host: RoutedHost): () => void {
  const known = Reflect.get(globalThis, ROUTES) as Routes | undefined;
  const routes = known ?? { hosts: new Set<RoutedHost>(), replaced: new Map() };
  Reflect.set(globalThis, ROUTES, routes);
  const { hosts } = routes;
  if (hosts.size === 0) install(routes);
  hosts.add(host);
  return () => {
    hosts.delete(host);
    if (hosts.size === 0) uninstall(routes);
  };
}

function install({ hosts, replaced }: Routes): void {
  // Node makes its dispatcher when one of fetch's names is first used
  void globalThis.Response;
  for (const place of PLACES) {
    const original = Reflect.get(globalThis, place) as Dispatcher | undefined;
    if (original === undefined) continue;
    const ours: Dispatcher = Object.assign(Object.create(original), {
      dispatch: (options: Parameters<Dispatcher["dispatch"]>[0], handler: unknown) => {
        const origin = plainOrigin([...hosts], options);
        return original.dispatch(origin === undefined ? options : { ...options, origin }, handler);
      },
    });
    if (Reflect.set(globalThis, place, ours)) replaced.set(place, { original, ours });
  }
}

function uninstall({ replaced }: Routes): void {
  for (const [place, { original, ours }] of replaced) {
    // somebody else's dispatcher, put there meanwhile, stays
    if (Reflect.get(globalThis, place) === ours) Reflect.set(globalThis, place, original);
  }
  replaced.clear();
}

function plainOrigin(running: readonly RoutedHost[], { origin, path }: Parameters<Dispatcher["dispatch"]>[0]): string | undefined {
  const asked = String(origin ?? "").replace(/\/$/, "");
  const found =
    asked === WHATSAPP_ORIGIN ? (running.find(({ has }) => has(path)) ?? running[0]) : running.find((each) => each.origin === asked);
  return found?.plainOrigin;
}
