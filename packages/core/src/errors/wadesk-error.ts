import type { Remedy } from "./error-row.ts";
import { ERROR_TABLE, type ErrorCode } from "./error-table.ts";
import type { NoticeValues } from "./notice.ts";

/** What the vendor said, in its own numbers. Never holds a secret. */
export interface VendorDetail {
  /** Who said it, e.g. `meta`. */
  readonly vendor: string;
  /** The vendor's number or name of the error, e.g. 131047 of Meta's. */
  readonly code?: number | string;
  /** What tells errors of one code apart, where the vendor has that. */
  readonly subcode?: number | string;
  /** The vendor's id of this failure, for its support. */
  readonly traceId?: string;
  /** The vendor's own sentence. */
  readonly message?: string;
}

/** One field that was wrong. */
export interface FieldIssue {
  /** Dotted path, e.g. `content.text`. */
  readonly field: string;
  /** What is wrong, in snake_case: an `IssueCode`, or one of the channel's own. */
  readonly code: string;
  /** What its words speak of, e.g. `max`; absent where they speak of nothing in particular. */
  readonly values?: NoticeValues;
  /** The English sentence, without the field at its front. */
  readonly message: string;
}

/** What goes with a failure beside its code. */
export interface WadeskErrorOptions {
  /** Added to the table's text in parentheses: what exactly, and what to do. */
  readonly detail?: string;
  /** What the vendor said. */
  readonly vendor?: VendorDetail;
  /** Milliseconds to wait before trying again. */
  readonly retryAfterMs?: number;
  /** The fields that were wrong. */
  readonly issues?: readonly FieldIssue[];
  /** What was thrown below; it stays out of JSON. */
  readonly cause?: unknown;
}

/** A {@link WadeskError} as plain data, for events, rows and answers. */
export interface FailureData {
  /** Which failure it is: branch on this. */
  readonly code: ErrorCode;
  /** What can be done next. */
  readonly remedy: Remedy;
  /** The English sentence, with what exactly in parentheses. */
  readonly message: string;
  /** What the vendor said, where it was the vendor that refused. */
  readonly vendor?: VendorDetail;
  /** Milliseconds to wait before trying again, where that is known. */
  readonly retryAfterMs?: number;
  /** The fields that were wrong. */
  readonly issues?: readonly FieldIssue[];
}

// survives two copies of the package in one process, where instanceof does not
const MARK = Symbol.for("wadesk.error");

/** The only error class WaDesk throws on purpose. Branch on `code`, act on `remedy`. */
export class WadeskError extends Error {
  override readonly name = "WadeskError";
  readonly code: ErrorCode;
  readonly remedy: Remedy;
  /** The HTTP status that fits when this error answers a request. */
  readonly httpStatus: number;
  readonly vendor: VendorDetail | undefined;
  readonly retryAfterMs: number | undefined;
  readonly issues: readonly FieldIssue[];

  constructor(code: ErrorCode, options: WadeskErrorOptions = {}) {
    const { remedy, httpStatus, text } = ERROR_TABLE[code];
    super(options.detail ? `${text} (${options.detail})` : text, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.remedy = remedy;
    this.httpStatus = httpStatus;
    this.vendor = options.vendor;
    this.retryAfterMs = options.retryAfterMs;
    this.issues = options.issues ?? [];
    Object.defineProperty(this, MARK, { value: true });
  }

  /** The failure as data; its cause and stack stay behind. */
  toJSON(): FailureData {
    return {
      code: this.code,
      remedy: this.remedy,
      message: this.message,
      ...(this.vendor && { vendor: this.vendor }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
      ...(this.issues.length > 0 && { issues: this.issues }),
    };
  }
}

/** Narrows an unknown error, optionally to one code. Works across two copies of the package. */
export function isWadeskError(error: unknown, code?: ErrorCode): error is WadeskError {
  if (typeof error !== "object" || error === null || !(MARK in error)) return false;
  return code === undefined || (error as { code?: unknown }).code === code;
}
