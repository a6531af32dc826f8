/** What a tab remembers of itself until it is closed: ids and times, and nothing that is secret. Where nothing may be kept, nothing is. */
export interface Remembered {
  read(name: string): string | undefined;
  keep(name: string, value: string | undefined): void;
}

/** What is remembered for the handler at an endpoint. */
export function rememberedAt(endpoint: string): Remembered {
  const key = (name: string): string => `wadesk:${endpoint}:${name}`;
  return {
    read(name) {
      try {
        return sessionStorage.getItem(key(name)) ?? undefined;
      } catch {
        return undefined;
      }
    },
    keep(name, value) {
      try {
        if (value === undefined) sessionStorage.removeItem(key(name));
        else sessionStorage.setItem(key(name), value);
      } catch {
        // a browser that keeps nothing
      }
    },
  };
}
