import { z } from "zod";
import { connection, type WireConnection } from "./connection.ts";
import { link, step, type WireLink, type WireStep } from "./link.ts";
import { counts, list, regions, type WireCounts, type WireList } from "./list.ts";

/** What comes on the stream of live events, each as the JSON `data` of one server-sent event of the name `type`. */
export type WireEvent =
  /** The first page, and the attempts under way: at the begin, and whenever another channel is in force. */
  | { readonly type: "snapshot"; readonly list: WireList; readonly links: readonly WireLink[] }
  | { readonly type: "changed"; readonly connection: WireConnection }
  | { readonly type: "removed"; readonly id: string }
  | { readonly type: "counts"; readonly counts: WireCounts; readonly regions: WireList["regions"] }
  | { readonly type: "step"; readonly connectionId: string; readonly step: WireStep }
  /** The last one: the person may not listen any longer, or the application stops. */
  | { readonly type: "end"; readonly reason: "not_authorized" | "stopped" | "too_slow" };

/** The schema of {@link WireEvent}. */
export const event: z.ZodType<WireEvent> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("snapshot"), list, links: z.array(link) }),
  z.strictObject({ type: z.literal("changed"), connection }),
  z.strictObject({ type: z.literal("removed"), id: z.string() }),
  z.strictObject({ type: z.literal("counts"), counts, regions }),
  z.strictObject({ type: z.literal("step"), connectionId: z.string(), step }),
  z.strictObject({ type: z.literal("end"), reason: z.enum(["not_authorized", "stopped", "too_slow"]) }),
]);
