/** What a process that is cut off again and again is told when it starts. */
export interface ReconnectingPlan {
  readonly webSocketUrl: string;
  /** The server's, in hexadecimal digits. */
  readonly rootKey: string;
}

/** What it is told to do, as a line of JSON: it does one after the other. */
export type ReconnectingOrder =
  | { readonly order: "link"; readonly phone: string }
  | { readonly order: "advance"; readonly ms: number }
  /** Keeps memory, a timer and listeners as if a session had left them, to see that it would be noticed. */
  | { readonly order: "keep" }
  | { readonly order: "standing" };

/** What it answers, as a line of JSON. */
export type ReconnectingAnswer = { readonly qr: string } | { readonly done: "link" | "advance" | "keep" } | { readonly standing: Standing };

/** What a process holds. */
export interface Standing {
  /** Bytes on the heap and beside it, after everything unreachable was collected. */
  readonly heap: number;
  /** How many of each kind keep the process alive, such as sockets and timers. */
  readonly resources: Readonly<Record<string, number>>;
  /** Listeners of everything that is still reachable. */
  readonly listeners: number;
}
