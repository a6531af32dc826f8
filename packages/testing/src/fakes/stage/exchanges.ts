/** One call of a vendor's API and the fake's answer. Holds the credentials, as the caller sent them. */
export interface Exchange {
  /** Whose fake answered. */
  readonly vendor: "meta" | "twilio";
  /** The operation that answered, by its method and path in the vendor's specification; `unknown` where none fits. */
  readonly operation: string;
  /** As the caller sent it, credentials included. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed JSON; of a form its fields, a file as `{ filename, type, size }`; text that is neither as it came; `undefined` without a body. */
    readonly body: unknown;
  };
  /** As the fake made it, also where a fault kept it from the caller. A file's `body` is its bytes. */
  readonly response: {
    /** 0 where the connection was dropped before the call was accepted. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  /** Whether the answer reached the caller; false where a fault dropped the connection. */
  readonly answered: boolean;
}

const listeners = new Set<(exchange: Exchange) => void>();

/** Hears every exchange of every fake of this process, e.g. to hold them to the vendor's specification. Answers how to stop. */
export function observeExchanges(listener: (exchange: Exchange) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells the observers. */
export function announceExchange(exchange: Exchange): void {
  for (const listener of listeners) listener(exchange);
}
