/** A person's answer to a request for permission to call, or a permission that a call of theirs brought with it. */
export interface CallPermissionReplyContent {
  readonly kind: "call_permission_reply";
  /** False where the person refused. */
  readonly accepted: boolean;
  /** A permission that does not run out. */
  readonly permanent?: boolean;
  /** When a permission runs out, in milliseconds since the epoch. */
  readonly until?: number;
  /** Given without being asked, because the person called. */
  readonly automatic?: boolean;
}

/** A file of the past that the vendor has not brought yet: its content follows in a later event, under the same message id. */
export interface MediaPlaceholderContent {
  readonly kind: "media_placeholder";
}
