/** Whose client it is: the channel on SQLite, or plain Baileys with `useMultiFileAuthState`. */
export type Side = "ours" | "plain";

/** How a client's process begins. */
export interface ClientPlan {
  readonly side: Side;
  /** Where it keeps everything. */
  readonly folder: string;
  /** The server, and the key of its root. */
  readonly url: string;
  readonly rootKey: string;
  /** Digits of a number that everybody writes to and hears from. */
  readonly contact: string;
}

/** What a client's process is asked. Phones are named by their place at the server. */
export type ClientTask =
  /** Links a phone, lets it come back and ends it, in a folder of its own: what is loaded and compiled for the first is in no figure. */
  | { readonly kind: "warm"; readonly phone: number }
  /** Links phones, so many at once. */
  | { readonly kind: "link"; readonly phones: readonly number[]; readonly atOnce: number }
  /** Opens what was linked before; answers at once. */
  | { readonly kind: "open"; readonly phones: readonly number[] }
  /**
   * Sends so many messages over each phone, to the contact or the phone's group, and waits for WhatsApp's acknowledgement of each before the next, or of all that
   * were handed over at once.
   */
  | {
      readonly kind: "send";
      readonly phones: readonly number[];
      readonly count: number;
      readonly groups?: readonly string[];
      readonly atOnce?: boolean;
    }
  /** Answers once so many messages came in since the last time. */
  | { readonly kind: "heard"; readonly count: number }
  | { readonly kind: "usage" }
  /** Bytes of memory after a garbage collection. */
  | { readonly kind: "memory" }
  | { readonly kind: "end" };

/** How many transactions a database has written, those of a single statement among them, by the table and the verb of the first statement that wrote. */
export type Transactions = Readonly<Record<string, number>>;

/** What a client's process has used so far. */
export interface Usage {
  /** Milliseconds of the processor. */
  readonly cpu: number;
  /** The longest block of the event loop since the last usage, in milliseconds. */
  readonly block: number;
  readonly transactions: Transactions;
}

/** The clients of one side. */
export interface Clients {
  link(phone: number, scan: (qr: string) => Promise<void>): Promise<void>;
  /** Begins to open those of these phones. */
  open(phones: readonly number[]): Promise<void>;
  /** Sends one message, to the contact or a group, and resolves with WhatsApp's acknowledgement. */
  send(phone: number, text: string, group?: string): Promise<void>;
  /** How many messages came in so far, and were done with. */
  readonly heard: () => number;
  end(): Promise<void>;
}

/** What the server's process is asked. */
export type ServerTask =
  | { readonly kind: "phones"; readonly count: number }
  | { readonly kind: "scan"; readonly phone: number; readonly qr: string }
  /** How many of these phones have a client that is connected. */
  | { readonly kind: "connected"; readonly phones: readonly number[] }
  | { readonly kind: "cut"; readonly phones: readonly number[] }
  /** The contact makes a group with each of these phones and so many others, whose phones are on, so that each answers, or off; answers their JIDs. */
  | { readonly kind: "groups"; readonly phones: readonly number[]; readonly others: number; readonly answer: boolean }
  /** The contact writes so many messages to each phone, or to each of these groups. */
  | { readonly kind: "write"; readonly phones: readonly number[]; readonly count: number; readonly groups?: readonly string[] }
  | { readonly kind: "cpu" }
  | { readonly kind: "end" };

/** Where the server is, and who the contact is. */
export interface ServerPlace {
  readonly url: string;
  readonly rootKey: string;
  readonly contact: string;
}

/** The number of a phone by its place, in digits. */
export function numberOf(phone: number): string {
  return String(15_550_000_000 + phone);
}
