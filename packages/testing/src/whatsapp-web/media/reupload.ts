import { randomBytes } from "node:crypto";
import { numberJid } from "../directory/directory.ts";
import { derive } from "../keys/derive.ts";
import { openGcm, sealGcm } from "../keys/seal.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, bytesOf, childOf, node } from "../wire/node.ts";
import type { MediaReference } from "./sealed-media.ts";

/** What a phone can put on the media host again. */
export interface ReuploadSource {
  readonly known: readonly { readonly reference: MediaReference }[];
  /** Puts a file on the host again; answers its new path, or undefined where the phone does not have it any more. */
  reshare(directPath: string): string | undefined;
}

/**
 * Answers a client that asks its own phone for an expired file. Which one it wants only the media key tells: the request is sealed with a key that
 * is derived from it. A request that no known key opens is answered with `NOT_FOUND`. A phone that is away answers when it is back.
 */
export function answerReupload(world: World, source: ReuploadSource, receipt: BinaryNode, session: ClientSession): void {
  const { account } = session;
  const work = (): void => answer(world, source, receipt, session);
  if (account.isOnline) work();
  else account.held.push(work);
}

function answer(
  { baileys: { proto }, seconds }: World,
  source: ReuploadSource,
  receipt: BinaryNode,
  { account, device }: ClientSession,
): void {
  const { id = "" } = receipt.attrs;
  const message = Buffer.from(id);
  const encrypted = childOf(receipt, "encrypt");
  const [sealed, nonce] = [bytesOf(childOf(encrypted, "enc_p")), bytesOf(childOf(encrypted, "enc_iv"))];
  const found = source.known.find(({ reference }) => {
    try {
      return proto.ServerErrorReceipt.decode(openGcm(retryKey(reference), nonce, sealed, message)).stanzaId === id;
    } catch {
      return false;
    }
  });
  const directPath = found && source.reshare(found.reference.directPath ?? "");
  const rmr = childOf(receipt, "rmr");
  const attributes = { from: numberJid(account), type: "mediaretry", id, t: seconds() };
  if (found === undefined || directPath === undefined) {
    // nothing can be sealed without the media key
    const error = node("error", { code: proto.MediaRetryNotification.ResultType.NOT_FOUND });
    device.mailbox.post(node("notification", attributes, [rmr, error]));
    return;
  }
  const result = { stanzaId: id, directPath, result: proto.MediaRetryNotification.ResultType.SUCCESS };
  const iv = randomBytes(12);
  const content = sealGcm(retryKey(found.reference), iv, proto.MediaRetryNotification.encode(result).finish(), message);
  device.mailbox.post(node("notification", attributes, [rmr, node("encrypt", {}, [node("enc_p", {}, content), node("enc_iv", {}, iv)])]));
}

function retryKey({ mediaKey = new Uint8Array() }: MediaReference): Buffer {
  return derive(mediaKey, 32, { info: "WhatsApp Media Retry Notification" });
}
