import type { DeliveryView, SentView } from "../world/vendor.ts";

/** Everything that the page shows. */
export interface VendorsView {
  readonly vendors: readonly { readonly name: string; readonly url: string }[];
  readonly webhooks: {
    readonly url: string;
    /** Why Meta does not call it yet; undefined once it was verified. */
    readonly trouble?: string;
  };
  readonly people: readonly { readonly phone: string; readonly name: string; readonly isAtOnce: boolean }[];
  /** What the application sent, the newest first. */
  readonly sent: readonly (SentView & { readonly vendor: string })[];
  /** Every attempt to deliver a webhook, the newest first. */
  readonly deliveries: readonly (DeliveryView & { readonly vendor: string })[];
  readonly faults: readonly {
    readonly vendor: string;
    readonly id: string;
    readonly label: string;
    readonly isState: boolean;
    /** `waiting` to strike or holding, `struck`, `ended`; undefined for what was not asked for. */
    readonly standing?: "waiting" | "struck" | "ended";
  }[];
  /** Undefined where there is no Baileys. */
  readonly whatsapp?: {
    readonly pageUrl: string;
    readonly number: string;
    readonly clients: readonly { readonly id: number; readonly isConnected: boolean }[];
    readonly complaints: readonly string[];
  };
}
