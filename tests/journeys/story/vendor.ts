/** A vendor of the story: a fake on loopback with one account, one number and one person. */
export interface Vendor {
  /** What the application is told by its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a person pastes to connect the number. */
  readonly input: object;
  /** The business number, E.164. */
  readonly number: string;
  /** The person's number, E.164. */
  readonly person: string;
  /** Whether a message can answer one in particular. */
  readonly quotes: boolean;
  /** Points the vendor at the application, as its console does. */
  attach(callback: string): Promise<void>;
  /** The person writes to the number. Resolved when every webhook that follows was delivered. */
  write(text: string, replyTo?: string): Promise<void>;
  /** The texts that reached the person, and which message of theirs each answers. */
  heard(): readonly { readonly text: string; readonly replyTo: string | undefined }[];
  /** A genuine webhook that did not go out yet: the person is at a place of this name. */
  place(name: string, callback: string): SignedWebhook;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A webhook as it goes over the wire. */
export interface SignedWebhook {
  readonly body: string;
  readonly contentType: string;
  readonly signature: readonly [header: string, value: string];
}

/** Opens a vendor. */
export type OpenVendor = () => Promise<Vendor>;
