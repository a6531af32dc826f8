/** The public keys with which somebody begins to write to a device. Keys have 32 bytes, without Signal's leading 5. */
export interface KeyBundle {
  readonly registrationId: number;
  readonly identityKey: Uint8Array;
  readonly signedPreKey: { readonly id: number; readonly publicKey: Uint8Array; readonly signature: Uint8Array };
  /** Absent when a device has run out of them. */
  readonly preKey: { readonly id: number; readonly publicKey: Uint8Array } | undefined;
}
