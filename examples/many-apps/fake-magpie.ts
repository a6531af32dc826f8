import { createHmac } from "node:crypto";

/** A Magpie to test against: apps by their address, each with a secret and the address that it calls; lines of one person. */
export interface FakeMagpie {
  readonly fetch: typeof fetch;
  readonly apps: Map<string, { secret: string; webhook: string }>;
  readonly sent: { readonly line: string; readonly to: string; readonly text: string }[];
  /** Tokens that were given and not given back. */
  readonly tokens: Set<string>;
}

const LINES = [
  { id: "line-1", label: "Counter", phone: "+15550100001", locked: false },
  { id: "line-2", label: "Kitchen", phone: "+15550100002", locked: true },
];

/** The PIN of what is locked. */
export const PIN = "271828";

/** Opens one. */
export function fakeMagpie(): FakeMagpie {
  const apps: FakeMagpie["apps"] = new Map();
  const sent: FakeMagpie["sent"] = [];
  const tokens = new Set<string>();
  const answer = async (request: Request): Promise<Response> => {
    const { origin, pathname } = new URL(request.url);
    const app = apps.get(origin);
    const bearer = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
    const [, what = "", id = "", more] = pathname.split("/");
    if (app === undefined) return refused(404, "no_such_app");
    if (what === "app" || (what === "tokens" && request.method === "POST")) {
      if (bearer !== app.secret) return refused(401, "bad_secret");
      if (what === "app") return Response.json({ webhook: app.webhook });
      const { code } = (await request.json()) as { readonly code: string };
      if (code !== "good") return refused(400, "bad_code");
      const token = `tok-${tokens.size + 1}-of-magpie`;
      tokens.add(token);
      return Response.json({ token, lines: LINES });
    }
    if (!tokens.has(bearer)) return refused(401, "bad_secret");
    if (what === "tokens") {
      tokens.delete(bearer);
      return Response.json({});
    }
    const line = LINES.find((each) => each.id === id);
    if (line === undefined) return refused(404, "no_such_line");
    if (more === "unlock") {
      const { pin } = (await request.json()) as { readonly pin: string };
      return pin === PIN ? Response.json({}) : refused(403, "bad_pin");
    }
    if (more !== "messages") return Response.json({ phone: line.phone, name: line.label });
    sent.push({ line: id, ...((await request.json()) as { readonly to: string; readonly text: string }) });
    return Response.json({ id: `mag-${sent.length}` });
  };
  return { fetch: (input, init) => answer(new Request(input, init)), apps, sent, tokens };
}

/** A webhook as an app of Magpie's posts it. */
export function postOfMagpie(app: string, secret: string, item: object): Request {
  const body = JSON.stringify(item);
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return new Request(`https://chat.example.com/webhooks/magpie/${app}`, {
    method: "POST",
    body,
    headers: { "magpie-signature": signature },
  });
}

function refused(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
