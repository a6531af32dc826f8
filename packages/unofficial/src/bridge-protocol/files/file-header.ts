import { base64Of } from "../signing/digest.ts";

/** The headers in which is told of a file, beside its bytes. */
export const FILE_HEADERS = { ticket: "wadesk-ticket", file: "wadesk-file" } as const;

/** What is told of a file that is downloaded, in its header. */
export interface FileTold {
  readonly mimeType: string;
  readonly sizeBytes?: number;
  readonly fileName?: string;
  /** In hex. */
  readonly sha256?: string;
}

/** A value as a header holds it: JSON in base64url. */
export function writeHeader(value: object): string {
  return base64Of(new TextEncoder().encode(JSON.stringify(value)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The value of such a header; nothing where it is none. */
export function readHeader(text: string): object | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
