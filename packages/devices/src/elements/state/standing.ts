/** How the screen stands to the server. */
export type Standing =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  /** The stream of events broke off; the list is read at intervals. */
  | { readonly kind: "interrupted" }
  /** Nothing answers; what is shown is of then, in the server's milliseconds. */
  | { readonly kind: "offline"; readonly since: number }
  | { readonly kind: "signed-out" };

/** What tells how it stands. */
export type StandingEvent =
  | { readonly type: "heard" }
  | { readonly type: "answered" }
  | { readonly type: "lost" }
  | { readonly type: "unreachable"; readonly at: number }
  | { readonly type: "network"; readonly on: boolean; readonly at: number }
  | { readonly type: "refused" };

/** Folds one. Offline is whoever has no network, or neither a stream nor an answer. */
export function reduceStanding(state: Standing, event: StandingEvent): Standing {
  if (state.kind === "signed-out") return state;
  switch (event.type) {
    case "heard":
      return state.kind === "live" ? state : { kind: "live" };
    case "answered":
      return state.kind === "offline" ? { kind: "interrupted" } : state;
    case "lost":
      return state.kind === "offline" || state.kind === "interrupted" ? state : { kind: "interrupted" };
    case "unreachable":
      return state.kind === "interrupted" ? { kind: "offline", since: event.at } : state;
    case "network":
      if (!event.on) return state.kind === "offline" ? state : { kind: "offline", since: event.at };
      return state.kind === "offline" ? { kind: "interrupted" } : state;
    case "refused":
      return { kind: "signed-out" };
  }
}
