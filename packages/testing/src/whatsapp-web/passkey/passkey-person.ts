/** The person who is asked whether a client may be linked: by a passkey, and then by comparing two codes. */
export interface PasskeyPerson {
  /** Whether the assertion is the person's; every one is where absent. WhatsApp asks for one of the origin `whatsapp.com`. */
  grants?(assertion: PasskeyAssertion): boolean;
  /** Whether the code is the one that the client shows; not asked where the client has proved that it knows what was scanned or typed. */
  confirms?(code: string): boolean;
  /** Whether the client has to fetch the options by itself. */
  readonly fetchesOptions?: boolean;
}

/** What a client answers to a passkey request. */
export interface PasskeyAssertion {
  /** Which passkey the client signed with, as bytes. */
  readonly credentialId: Buffer;
  /** As the client hands it on: the JSON of a WebAuthn response to whatsmeow. */
  readonly assertion: Buffer;
  /** The JSON of the WebAuthn options that it was asked with. */
  readonly options: string;
}
