/** What a signup holds between two steps, as plain JSON that core seals. */
export interface Kept {
  /** What the dialog was opened with; absent where a script opened it. The exchange repeats it byte for byte. */
  readonly redirectUri?: string;
  /** What the code became. */
  readonly token?: string;
  /** What a helper in the browser said of the dialog's end; it picks among what Meta confirms. */
  readonly told?: { readonly phoneNumberId?: string; readonly wabaId?: string; readonly businessId?: string; readonly catalogId?: string };
  readonly wabaId?: string;
  readonly subscribed?: true;
  /** Whether the chosen catalog was seen to, linked or refused. */
  readonly catalog?: "linked" | "refused";
  /** The chosen numbers, by their ids. */
  readonly chosen?: readonly string[];
  /** The number that a verification code was sent to last. */
  readonly codeSentTo?: string;
  /** The PINs that numbers are registered with, by their ids: one of ours is kept before Meta is told, since nobody else knows it. */
  readonly pins?: Readonly<Record<string, string>>;
  /** The numbers for which nothing is left to do. */
  readonly ready?: readonly string[];
}
