/** What the vendor itself wrote, for what this version has no word for. */
export interface VendorItem {
  /** The vendor's own item, untouched. */
  readonly raw: unknown;
  /** What stood beside the items of one notification, untouched: whose number, whose profiles. On the first of its events. */
  readonly beside?: unknown;
}
