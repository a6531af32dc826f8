import { WadeskError } from "@wadesk/core";
import type { LineMedia, OpenedMedia, SessionVoice } from "@wadesk/core/ports";
import type { Socket } from "../baileys/baileys.ts";
import { askAgain } from "./ask-again.ts";
import { type BringFile, bringFile } from "./bring-file.ts";
import type { FileIds } from "./file-ids.ts";
import { openFile } from "./open-file.ts";

/** What a number's files are opened and brought with. */
export interface LineMediaParts extends Omit<BringFile, "socket"> {
  readonly ready: () => Promise<Socket>;
  readonly ids: () => Promise<FileIds>;
  readonly after: SessionVoice["after"];
}

/** What one linked number can do with files. */
export function lineMedia({ ready, ids, after, ...parts }: LineMediaParts): LineMedia {
  return {
    async open({ id, url = "" }, { fetchFile }) {
      if (id === undefined) return strangers(await fetchFile({ url }));
      const file = (await ids()).open(id);
      if (file === undefined) throw new WadeskError("media_not_found", { detail: "it is no file of this number's" });
      return openFile(file, { fetchFile, askAgain: async (expired) => askAgain(await ready(), after, expired) });
    },
    async upload(file, work) {
      const socket = await ready();
      return { id: (await ids()).seal(await bringFile(file, work, { ...parts, socket })) };
    },
  };
}

function strangers({ status, file }: { readonly status: number; readonly file?: OpenedMedia }): OpenedMedia {
  if (file !== undefined) return file;
  throw new WadeskError(status === 404 || status === 410 ? "media_not_found" : "media_unavailable", { detail: `HTTP ${status}` });
}
