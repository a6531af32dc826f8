import { z } from "zod";
import { connection, type WireConnection } from "./connection.ts";
import { link, step, type WireLink, type WireStep } from "./link.ts";
import { counts, list, regions, type WireCounts, type WireList } from "./list.ts";

/** What comes on the stream of live events, each as the JSON `data` of one server-sent event of the name `type`. */
export type WireEvent =
  /** The first page, and the attempts under way: at the begin, and whenever another channel is in force. */
  | {
      readonly type: "snapshot";
      /** As long as `limit` of the request, 50 when absent; it takes the place of every card shown before. */
      readonly list: WireList;
      /** The attempts under way alone; how one ended is asked for by its connection. */
      readonly links: readonly WireLink[];
    }
  | {
      readonly type: "changed";
      /** The whole card as it is now; one with a lower `version` than the card that is shown came late. */
      readonly connection: WireConnection;
    }
  | {
      readonly type: "removed";
      /** `con_…` of what is gone for good; a card that is not shown is nothing to take away. */
      readonly id: string;
    }
  | {
      readonly type: "counts";
      /** Of the whole workspace in the channel in force, whatever is shown of it. */
      readonly counts: WireCounts;
      /** The region with the most first. */
      readonly regions: WireList["regions"];
    }
  | {
      readonly type: "step";
      /** Whose attempt it belongs to; it may be one that is on no page shown. */
      readonly connectionId: string;
      /** The newest of the attempt. A QR or code is in it for an owner alone. */
      readonly step: WireStep;
    }
  /** The last one: the person may not listen any longer, or the application stops. */
  | {
      readonly type: "end";
      /** `too_slow` has not read what was sent: open the stream anew, as after `stopped`. After `not_authorized` a new one is refused, too. */
      readonly reason: "not_authorized" | "stopped" | "too_slow";
    };

/** The schema of {@link WireEvent}. */
export const event: z.ZodType<WireEvent> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("snapshot"), list, links: z.array(link) }),
  z.strictObject({ type: z.literal("changed"), connection }),
  z.strictObject({ type: z.literal("removed"), id: z.string() }),
  z.strictObject({ type: z.literal("counts"), counts, regions }),
  z.strictObject({ type: z.literal("step"), connectionId: z.string(), step }),
  z.strictObject({ type: z.literal("end"), reason: z.enum(["not_authorized", "stopped", "too_slow"]) }),
]);
