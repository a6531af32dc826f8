import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import type { MediaContent } from "@wadesk/core";
import type { SealedRecords } from "@wadesk/core/ports";

/** What is needed to find a file at WhatsApp and to open it. Bytes are base64. */
export interface FileReference {
  readonly kind: MediaContent["kind"];
  /** Where it lies, below whichever host. */
  readonly path: string;
  /** Of WhatsApp's hosts the one that it was brought to; the general one where absent. */
  readonly host?: string;
  /** What it is sealed with. */
  readonly mediaKey: string;
  readonly sha256: string;
  readonly sealedSha256: string;
  /** In bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly fileName?: string;
  /** The message it came in, by which the phone is asked for it again. */
  readonly message?: { readonly id: string; readonly chat: string; readonly fromMe: boolean; readonly participant?: string };
}

/** Ids of files that hold all that is needed of them, and that their own connection alone can read. */
export interface FileIds {
  /** The same for the same file always. */
  seal(file: FileReference): string;
  /** Nothing where it is no id of this connection's. */
  open(id: string): FileReference | undefined;
}

const RECORD = "file-key";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Those of a connection: its key is made with the first one and kept in its records. */
export async function fileIds(records: Pick<SealedRecords, "get" | "set">): Promise<FileIds> {
  const kept = (await records.get([RECORD])).get(RECORD);
  const key = kept ?? randomBytes(32);
  if (kept === undefined) await records.set(new Map([[RECORD, key]]));
  return {
    seal(file) {
      const plain = Buffer.from(JSON.stringify(file));
      // made of the text itself, so that what is read twice has one id
      const nonce = createHmac("sha256", key).update(plain).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
    },
    open(id) {
      const bytes = Buffer.from(id, "base64url");
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
        return JSON.parse(plain.toString()) as FileReference;
      } catch {
        return undefined;
      }
    },
  };
}
