import { contextOf } from "@wadesk/core/ports";
import type { Desk } from "../desk.ts";
import type { WireFindings } from "../wire/settings.ts";

/** What people tell a vendor as our webhook, without what the public URL may have of credentials; none where there is no public URL. */
export function addressesOf({ client: { inbound }, options }: Desk, kind: string): readonly string[] {
  const { publicUrl } = inbound;
  if (publicUrl === undefined) return [];
  const base = `${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}${options.webhooksPath}`;
  return pathsOf({ client: { inbound } }, kind).map((path) => base + path);
}

type Finding = WireFindings["findings"][number];

/** Calls each address as a vendor would, through whatever stands in front of the application, and says what answers there. Nothing is changed. */
export async function checkAddresses(desk: Desk, kind: string): Promise<readonly Finding[]> {
  return Promise.all(addressesOf(desk, kind).map((address) => checkAddress(desk, kind, address)));
}

const WITHIN_MS = 10_000;
// what our webhook handler says to whoever opens its address
const OURS = /^This is a WaDesk webhook\b/;

async function checkAddress({ client: { inbound } }: Desk, kind: string, address: string): Promise<Finding> {
  const source = inbound.sources.find((each) => each.kind === kind);
  const found = (ok: boolean, code: string, text: string, values: Record<string, string | number> = {}): Finding => ({
    check: "address",
    ok,
    code,
    values: { address, ...values },
    text,
  });
  const controller = new AbortController();
  const cancel = inbound.clock.after(WITHIN_MS, () => controller.abort(), "hold");
  try {
    const answer = await contextOf(source).fetch(address, { redirect: "manual", signal: controller.signal });
    const ours = OURS.test(await startOf(answer));
    if (ours) return found(true, "address_ours", "this address leads here");
    const text = `${address} does not lead here: it answers ${answer.status}; mount the webhook handler there, and let what stands in front pass its path on unchanged`;
    return found(false, "address_elsewhere", text, { status: answer.status });
  } catch {
    return found(
      false,
      "address_silent",
      `nothing answers at ${address}; see that publicUrl is right, and that it can be reached from here`,
    );
  } finally {
    cancel();
  }
}

async function startOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return value === undefined ? "" : new TextDecoder().decode(value.subarray(0, 200));
}

// a path with a name in it is told by whoever gives the names
function pathsOf({ client: { inbound } }: { readonly client: Pick<Desk["client"], "inbound"> }, kind: string): readonly string[] {
  return inbound.sources.filter((each) => each.kind === kind).flatMap(({ source }) => source.paths.filter((path) => !path.includes(":")));
}
