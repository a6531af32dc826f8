/** What a person gives to link a phone. */
export interface PhoneInput {
  /** The number of the phone, E.164 with the plus. Whoever scans with another one is refused. */
  readonly phone: string;
  /** Whether the phone scans a QR, or the person types a code of eight characters into it; `qr` when absent. */
  readonly method?: "qr" | "code" | undefined;
  /** None: the phone is linked anew. */
  readonly session?: undefined;
}

/** A device that was linked by another program, as that one has stored it: `readSession` reads it from where it lies. */
export interface StoredSession {
  /** Baileys' credentials, as JSON text or as what that says; text within text, as Evolution API stores it, is read too. */
  readonly creds: unknown;
  /** Baileys' keys by the names of its files without their ending, such as `pre-key-1`, each as JSON text or as what that says. */
  readonly keys?: Readonly<Record<string, unknown>> | undefined;
}

/** What is given to take over a device that is linked already, without a QR. */
export interface SessionInput {
  /** The device, as `readSession` read it. */
  readonly session: StoredSession;
  /** The number that it has to be of, E.164 with the plus; whichever it is of when absent. */
  readonly phone?: string | undefined;
  /** None: nothing is scanned or typed. */
  readonly method?: undefined;
}

/** What `connect` takes. */
export type UnofficialInput = PhoneInput | SessionInput;
