import { WadeskError } from "@wadesk/core";
import { type LineMedia, lostError } from "@wadesk/core/ports";
import { FILE_HEADERS, type FileTold, readHeader } from "../../bridge-protocol/files/file-header.ts";
import { openedFile, sealedFile } from "../../bridge-protocol/files/sealed-file.ts";
import { callPath } from "../../bridge-protocol/messages/calls.ts";
import { type Asking, askBridge, bridgeOf, NOBODY, readAnswer, signedCall, unreachable } from "./ask-bridge.ts";

/** The files of one number, moved through its bridge: no more of them is held on the way than a piece. */
export function remoteMedia(route: string, { signal: _calls, ...given }: Asking): Required<LineMedia> {
  const { bridge, settings, now } = given;
  return {
    async open({ id, url = "" }, { fetchFile, signal }) {
      // an address is a stranger's: a file of this number has an id
      if (id === undefined) {
        const { status, file } = await fetchFile({ url });
        if (file !== undefined) return file;
        throw new WadeskError(status === 404 || status === 410 ? "media_not_found" : "media_unavailable", { detail: `HTTP ${status}` });
      }
      const place = { ...bridgeOf(await settings(), bridge), bridge };
      const body = JSON.stringify({ route, id });
      const callId = `call_${crypto.randomUUID()}`;
      const { address, headers } = await signedCall(place, { name: "download", id: callId, body, at: now() });
      const response = await reached({ ...given, signal }, address, { headers, body });
      const header = response.headers.get(FILE_HEADERS.file);
      const told = header === null ? undefined : (readHeader(header) as FileTold | undefined);
      if (response.status !== 200 || header === null || told === undefined || response.body === null)
        throw refusalOf(readAnswer(response.status, await response.text(), bridge), bridge);
      const seal = { direction: "download", bridge, told: [callId, header], secrets: place.secrets } as const;
      return { ...told, stream: openedFile(response.body, seal, told.sizeBytes) };
    },
    async upload({ stream, ...file }, { signal }) {
      const { ticket } = await askBridge({ ...given, signal }, "ticket", { route, ...file });
      const { url, secrets } = bridgeOf(await settings(), bridge);
      const address = `${url.replace(/\/+$/, "")}${callPath("upload")}`;
      const headers = { [FILE_HEADERS.ticket]: ticket, "content-type": "application/octet-stream" };
      const body = sealedFile(stream, { direction: "upload", bridge, told: [ticket], secrets });
      const response = await reached({ ...given, signal }, address, { headers, body, duplex: "half" });
      const answer = readAnswer(response.status, await response.text(), bridge);
      if (typeof answer === "object" && "answer" in answer && "id" in answer.answer && typeof answer.answer.id === "string")
        return { id: answer.answer.id };
      throw refusalOf(answer, bridge);
    },
  };
}

async function reached(
  { fetch, signal, bridge }: Pick<Asking, "fetch" | "signal" | "bridge">,
  address: string,
  init: RequestInit & { readonly duplex?: "half" },
): Promise<Response> {
  try {
    return await fetch(address, { ...init, method: "POST", redirect: "manual", signal });
  } catch (error) {
    signal.throwIfAborted();
    const isUnsent = lostError("bridge", error, "outcome_unknown").code === "provider_unavailable";
    throw unreachable(bridge, isUnsent ? NOBODY : LOST);
  }
}

function refusalOf(answer: ReturnType<typeof readAnswer>, bridge: string): WadeskError {
  return typeof answer === "object" && "refused" in answer ? answer.refused : unreachable(bridge, LOST);
}

const LOST = "it broke off while the file was moved. Try again";
