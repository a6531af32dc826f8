import { rendered } from "./rendered.ts";

/** Collects everything that was shown, and finds secrets in it. */
export interface SecretSearch {
  /** Keeps what a value shows, under the name of where it came from. */
  note(where: string, value: unknown): void;
  /** `<secret> in <where>` for each that was found, whole or a half of it, plain or encoded. */
  find(secrets: Readonly<Record<string, string | Uint8Array>>): readonly string[];
  /** How many values were kept. */
  readonly size: number;
}

/** Starts a search. */
export function secretSearch(): SecretSearch {
  const kept: { readonly where: string; readonly shown: string }[] = [];
  return {
    note: (where, value) => void kept.push({ where, shown: rendered(value) }),
    find(secrets) {
      const found = new Set<string>();
      for (const [name, secret] of Object.entries(secrets)) {
        const forms = formsOf(Buffer.from(secret));
        for (const { where, shown } of kept) if (forms.some((form) => shown.includes(form))) found.add(`${name} in ${where}`);
      }
      return [...found];
    },
    get size() {
      return kept.length;
    },
  };
}

/** How a secret may be written. A half of it is too much already. */
function formsOf(secret: Buffer): readonly string[] {
  const middle = Math.floor(secret.length / 2);
  return [secret.subarray(0, middle), secret.subarray(middle)].flatMap((half) => {
    const text = half.toString("utf8");
    const hex = half.toString("hex");
    return [text, encodeURIComponent(text), hex, hex.toUpperCase(), ...base64Of(half)];
  });
}

// the same bytes are written in three ways, by how many came before them
function base64Of(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const steady = whole.subarray(before === 0 ? 0 : 3, whole.length - (whole.length % 3));
    return [steady.toString("base64"), steady.toString("base64url")];
  });
}
