/** One of the words that are known, which an editor lists, or another that the vendor has come to use since: a vendor's list is never closed. */
export type VendorWord<Known extends string> = Known | (string & Record<never, never>);
