import { type AuthenticationState, BufferJSON, initAuthCreds, proto, type SignalDataTypeMap } from "@whiskeysockets/baileys";

/** What a bot keeps between two runs, every value passed through JSON as a database would. */
export interface MemoryStore {
  /** The state for one socket; a second call continues where the first was saved. */
  state(): { readonly auth: AuthenticationState; save(): void };
  /** From now on nothing is stored, as of a process that is killed, until it is opened again. */
  freeze(): void;
  /** The stored credentials as text; undefined before the first save. */
  readonly credentials: string | undefined;
}

/** An empty store. */
export function memoryStore(): MemoryStore {
  const rows = new Map<string, string>();
  let credentials: string | undefined;
  let isFrozen = false;
  const read = (type: string, id: string): unknown => {
    const text = rows.get(`${type}/${id}`);
    const value: unknown = text === undefined ? undefined : JSON.parse(text, BufferJSON.reviver);
    return type === "app-state-sync-key" && value != null ? proto.Message.AppStateSyncKeyData.fromObject(value) : value;
  };
  return {
    get credentials() {
      return credentials;
    },
    freeze: () => {
      isFrozen = true;
    },
    state: () => {
      isFrozen = false;
      const creds = credentials === undefined ? initAuthCreds() : JSON.parse(credentials, BufferJSON.reviver);
      return {
        auth: {
          creds,
          keys: {
            get: async (type, ids) => {
              const found = ids.map((id) => [id, read(type, id)] as const).filter(([, value]) => value !== undefined);
              return Object.fromEntries(found) as Record<string, SignalDataTypeMap[typeof type]>;
            },
            set: async (data) => {
              for (const [type, values] of isFrozen ? [] : Object.entries(data)) {
                for (const [id, value] of Object.entries(values ?? {})) {
                  if (value == null) rows.delete(`${type}/${id}`);
                  else rows.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer));
                }
              }
            },
          },
        },
        save: () => {
          if (!isFrozen) credentials = JSON.stringify(creds, BufferJSON.replacer);
        },
      };
    },
  };
}
