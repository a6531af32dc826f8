/** What a person gives to link a phone. */
export interface UnofficialInput {
  /** The number of the phone, E.164 with the plus. Whoever scans with another one is refused. */
  readonly phone: string;
  /** Whether the phone scans a QR, or the person types a code of eight characters into it; `qr` when absent. */
  readonly method?: "qr" | "code" | undefined;
}
