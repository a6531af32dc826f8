import type { Baileys, Credentials, KeyTypes } from "../baileys/baileys.ts";

/** The record that holds the credentials. */
export const CREDENTIALS_KEY = "creds";

/** History that was processed is named in the credentials, where Baileys 7.0.0-rc14 lets it grow without bound; so many of the newest are enough. */
const KEPT_HISTORY = 100;

/** How what a device keeps is written into records, and read again. */
export interface RecordValues {
  readonly credentials: (credentials: Credentials) => Uint8Array;
  readonly readCredentials: (value: Uint8Array) => Credentials;
  readonly key: (value: unknown) => Uint8Array;
  readonly readKey: (type: keyof KeyTypes, value: Uint8Array) => unknown;
}

/** The record of one key. */
export function recordOf(type: string, id: string): string {
  return `key/${type}/${id}`;
}

/** Baileys' own notation, so that what one version wrote another reads. */
export function recordValues({ BufferJSON, proto }: Pick<Baileys, "BufferJSON" | "proto">): RecordValues {
  const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, BufferJSON.replacer));
  const decode = (value: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(value), BufferJSON.reviver);
  return {
    credentials: (credentials) =>
      encode({ ...credentials, processedHistoryMessages: credentials.processedHistoryMessages.slice(-KEPT_HISTORY) }),
    readCredentials: (value) => decode(value) as Credentials,
    key: encode,
    readKey(type, value) {
      const read = decode(value);
      return type === "app-state-sync-key" ? proto.Message.AppStateSyncKeyData.fromObject(read as object) : read;
    },
  };
}
