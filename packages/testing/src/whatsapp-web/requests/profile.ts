import { linkedDevices } from "../delivery/send-from.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import type { Media } from "../media/media.ts";
import { announceToOwn } from "../notices/contact-notices.ts";
import { type Room, refuse } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { bytesOf, childOf, node, textOf } from "../wire/node.ts";

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** The room of what people show of themselves and who may see it: pictures, status, privacy. */
export function profile(world: World, media: Media): Room {
  const { directory, nextId } = world;
  return {
    requests: {
      "w:profile:picture:get:picture": ({ iq, child }, { account: asking }) => {
        const account = directory.find(iq.attrs.target)?.account;
        if (account !== undefined && account !== asking && account.profile.privacy.get("profile") === "none") {
          return refuse(401, "not-authorized");
        }
        const url = account?.profile.pictureUrl;
        return url === undefined
          ? refuse(404, "item-not-found")
          : [node("picture", { id: nextId(), type: child?.attrs.type ?? "image", url })];
      },
      "w:profile:picture:set:picture": ({ iq, child, after }, { account, device }) => {
        // a person has no say in another's
        if (iq.attrs.target !== undefined) return refuse(403, "forbidden");
        const picture = bytesOf(child);
        if (!picture.subarray(0, JPEG.length).equals(JPEG)) return refuse(406, "not-acceptable");
        after(() => setPicture(world, media, account, picture, device));
        return [node("picture", { id: nextId() })];
      },
      "w:profile:picture:set:": ({ iq, after }, { account, device }) => {
        if (iq.attrs.target !== undefined) return refuse(403, "forbidden");
        after(() => setPicture(world, media, account, undefined, device));
        return undefined;
      },
      "status:set:status": ({ child }, { account }) => {
        account.profile.status = textOf(child);
        return undefined;
      },
      "disappearing_mode:set:disappearing_mode": ({ child, after }, { account }) => {
        const duration = Number(child?.attrs.duration);
        if (!(duration >= 0)) return refuse(400, "bad-request");
        account.profile.disappearing = { duration, at: world.seconds() };
        after(() => announceToOwn(world, account, node("disappearing_mode", { duration, t: world.seconds() })));
        return undefined;
      },
      "privacy:get:privacy": (_request, { account }) => {
        const categories = [...account.profile.privacy].map(([name, value]) => node("category", { name, value }));
        return [node("privacy", {}, categories)];
      },
      "privacy:set:privacy": ({ child }, { account }) => {
        const { name = "", value = "" } = childOf(child, "category")?.attrs ?? {};
        if (!account.profile.privacy.has(name)) return refuse(400, "bad-request");
        account.profile.privacy.set(name, value);
        return undefined;
      },
    },
  };
}

/** Shows another picture of somebody, or none, and tells every client but the one that did it. */
export function setPicture(world: World, media: Media, account: Account, picture: Uint8Array | undefined, by?: LinkedDevice): void {
  account.profile.picture = picture;
  account.profile.pictureUrl = picture && media.publish(picture);
  const change = picture === undefined ? node("delete", {}) : node("set", { id: world.nextId(), author: numberJid(account) });
  for (const device of world.directory.accounts.flatMap(linkedDevices)) {
    if (device === by) continue;
    const attributes = { from: numberJid(account), type: "picture", id: world.nextId(), t: world.seconds() };
    device.mailbox.post(node("notification", attributes, [change]));
  }
}
