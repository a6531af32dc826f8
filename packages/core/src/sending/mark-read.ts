import { callVendor } from "../connections/call-vendor.ts";
import { duringLine } from "../connections/lines/find-line.ts";
import { pickConnection } from "../connections/pick-connection.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { ReadMark } from "../ports/line.ts";
import { readMarkRequest } from "../requests/read-requests.ts";

/** Tells the person that their message was read. Rejects with `input_invalid`. */
export async function markRead(engine: Engine, workspaceId: string, request: ReadMark & { readonly from?: string }): Promise<void> {
  const { from, ...mark } = readMarkRequest(request);
  const connection = await pickConnection(engine, workspaceId, from);
  await callVendor(engine, connection, () =>
    duringLine(engine, connection, async ({ line }) => {
      if (line.markRead === undefined)
        throw new WadeskError("content_unsupported", { detail: `${connection.channel} cannot mark messages as read` });
      await line.markRead(mark);
    }),
  );
}
