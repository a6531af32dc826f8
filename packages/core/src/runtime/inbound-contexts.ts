import type { InboundSource } from "../api/inbound-port.ts";
import type { ChannelContext } from "../ports/context.ts";
import type { SecretsContext } from "../ports/webhook-source.ts";

/** What a source is asked with: it opens secrets. */
export type InboundContext = SecretsContext<unknown> & ChannelContext<unknown>;

// one for all copies of this package in a process: a bundler may have put the client in one and the handler in another
const HOME = Symbol.for("wadesk.inbound-contexts");

function contexts(): WeakMap<object, InboundContext> {
  const home = globalThis as { [HOME]?: WeakMap<object, InboundContext> };
  home[HOME] ??= new WeakMap();
  return home[HOME];
}

/** Makes a source whose context nobody comes upon who merely has the client: it opens secrets, and clients are printed, logged and handed to templates. */
export function inboundSource(from: Pick<InboundSource, "kind" | "source">, context: InboundContext): InboundSource {
  const source: InboundSource = { kind: from.kind, source: from.source };
  contexts().set(source, context);
  return source;
}

/** The context of a source, for those who make webhook handlers. Throws a `TypeError` for what no client made. */
export function contextOf(source: InboundSource | undefined): InboundContext {
  const context = source && contexts().get(source);
  if (context === undefined) throw new TypeError("this source was made by no client");
  return context;
}
