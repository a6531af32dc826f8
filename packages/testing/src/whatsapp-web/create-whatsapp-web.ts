import { randomBytes } from "node:crypto";
import { checkOptions, refuseOldNode, systemClock } from "@wadesk/core/ports";
import { checkFault } from "../fakes/stage/check-given.ts";
import { faultList } from "../fakes/stage/fault-list.ts";
import { appState } from "./app-state/app-state.ts";
import { loadBaileys } from "./baileys.ts";
import { business } from "./business/business.ts";
import { calls } from "./calls/calls.ts";
import { communities } from "./communities/communities.ts";
import { delivery } from "./delivery/delivery.ts";
import { directory, numberJid } from "./directory/directory.ts";
import { group } from "./groups/group.ts";
import { groups } from "./groups/groups.ts";
import { history } from "./history/history.ts";
import { accountLimits } from "./limits/account-limits.ts";
import { mex } from "./limits/mex.ts";
import { privacyTokens } from "./limits/privacy-tokens.ts";
import { linking } from "./linking/linking.ts";
import { media } from "./media/media.ts";
import { newsletters } from "./newsletters/newsletters.ts";
import { placeholders } from "./notices/placeholders.ts";
import { passkeys } from "./passkey/passkey.ts";
import { phone } from "./phones/phone.ts";
import { presence } from "./presence/presence.ts";
import { blocklist } from "./requests/blocklist.ts";
import { connectionUpkeep } from "./requests/connection-upkeep.ts";
import { preKeys } from "./requests/prekeys.ts";
import { profile } from "./requests/profile.ts";
import { usync } from "./requests/usync.ts";
import { changes } from "./server/changes.ts";
import { complaints } from "./server/complaints.ts";
import { WHATSAPP_WEB_FAULTS, type WhatsAppWebFault } from "./server/faults.ts";
import { passage } from "./server/passage.ts";
import type { Room } from "./server/room.ts";
import { router } from "./server/router.ts";
import { transcript } from "./server/transcript.ts";
import type { World } from "./server/world.ts";
import { trustedAuthority } from "./trust.ts";
import { WHATSAPP_WEB_OPTIONS, type WhatsAppWeb, type WhatsAppWebOptions } from "./whatsapp-web.ts";
import { type Connection, serveSocket } from "./wire/connection.ts";
import { listen } from "./wire/listen.ts";

const COMPRESS_FROM_BYTES = 4_096;

/**
 * Starts a WhatsApp Web server on loopback that an unmodified Baileys takes for the real one: point it there with `waWebSocketUrl`. While it runs
 * the Baileys of this process trusts its certificates.
 *
 * @example
 * ```ts
 * const web = await createWhatsAppWeb();
 * const shop = web.addPhone({ number: "15550001111", name: "Shop" });
 * const socket = makeWASocket({ auth, waWebSocketUrl: web.url });
 * socket.ev.on("connection.update", ({ qr }) => qr && shop.scan(qr));
 * ```
 */
export async function createWhatsAppWeb(options: WhatsAppWebOptions = {}): Promise<WhatsAppWeb> {
  refuseOldNode();
  checkOptions<WhatsAppWebOptions>("createWhatsAppWeb", options, WHATSAPP_WEB_OPTIONS);
  const baileys = await loadBaileys();
  const { clock = systemClock } = options;
  const timers = new Set<() => void>();
  const change = changes();
  const world: World = {
    baileys,
    clock,
    directory: directory(),
    changes: change,
    complaints: complaints(change, options.onComplaint),
    faults: faultList<WhatsAppWebFault>(),
    settings: {
      qrRefs: options.qrRefs ?? 6,
      oldestVersion: options.oldestVersion,
      routingInfo: options.routingInfo,
      chatAddressing: options.chatAddressing ?? "lid",
      groupAddressing: options.groupAddressing ?? "number",
    },
    sessions: new Map(),
    nextId: () => randomBytes(10).toString("hex").toUpperCase(),
    seconds: () => Math.floor(clock.now() / 1_000),
    after: (delayMs, work) => {
      const cancel = clock.after(delayMs, () => {
        timers.delete(cancel);
        work();
      });
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
  };

  const props = new Map(Object.entries(options.props ?? {}));
  const passkeyRoom = passkeys(world);
  const linkingRoom = linking(world, passkeyRoom);
  const mexRoom = mex(world);
  const limits = accountLimits(world, mexRoom);
  const tokens = privacyTokens(world, options.repeatedTokens === "allowed");
  const deliveryRoom = delivery(
    world,
    (stanza, sender, recipient) => limits.refusalOf(sender, recipient) ?? tokens.refusalOf(stanza, sender, recipient),
  );
  const groupRoom = groups(world, deliveryRoom);
  const presenceRoom = presence(world, groupRoom.chat);
  const mediaRoom = await media(world, deliveryRoom);
  const appStateRoom = appState(world, deliveryRoom, mediaRoom);
  const historyRoom = history(world, deliveryRoom, mediaRoom, appStateRoom);
  const placeholderRoom = placeholders(world, deliveryRoom);
  const callRoom = calls(world);
  const newsletterRoom = newsletters(world, mexRoom, deliveryRoom);
  const rooms: Room[] = [
    linkingRoom,
    deliveryRoom,
    groupRoom,
    presenceRoom,
    mediaRoom,
    appStateRoom,
    historyRoom,
    preKeys(world),
    usync(world),
    profile(world, mediaRoom),
    blocklist(world),
    passkeyRoom,
    callRoom,
    communities(world, groupRoom),
    newsletterRoom,
    business(world),
    mexRoom,
    tokens,
  ];
  const upkeep = connectionUpkeep(props, async (session) => {
    for (const room of rooms) await room.onActive?.(session);
  });
  const route = router(world, [...rooms, upkeep]);
  const record = transcript(clock, options.transcriptFile);
  const pass = passage(world);
  const { authority, end } = trustedAuthority(baileys);
  let connections = 0;
  const serve = (socket: Parameters<typeof serveSocket>[0]): void =>
    serveSocket(socket, {
      baileys,
      authority,
      pass,
      mayResume: () => world.faults.take(["resume_refused"]) === undefined,
      compressFromBytes: options.compressFromBytes ?? COMPRESS_FROM_BYTES,
      nextId: () => {
        connections += 1;
        return connections;
      },
      events: {
        opened: (connection) => {
          linkingRoom.opened(connection);
          const session = world.sessions.get(connection);
          // who does not ask for a quiet login has its messages at once
          return session !== undefined && connection.hello.passive !== true ? upkeep.activate(session) : undefined;
        },
        ended: linkingRoom.ended,
        received: route,
        passed: (connection: Connection, direction, stanza) => record.note(connection, direction, stanza),
        failed: (error, connection) => {
          const session = connection && world.sessions.get(connection);
          const handshake = connection === undefined ? "a client in its handshake" : `connection #${connection.id}`;
          const who = session === undefined ? handshake : numberJid(session.account, session.device.id);
          world.complaints.add(`${who} was cut off: ${error instanceof Error ? error.message : String(error)}`);
        },
      },
    });
  // nobody gets a handle by which to close what is open by then
  const giveUp = async (reason: unknown): Promise<never> => {
    end();
    await mediaRoom.host.close();
    throw reason;
  };
  let listener = await listen(options.port ?? 0, serve).catch(giveUp);

  const close = async (): Promise<void> => {
    for (const cancel of timers) cancel();
    timers.clear();
    world.changes.fail(new Error("the server was closed"));
    await Promise.all([listener.close(), mediaRoom.host.close()]);
    await record.close();
    end();
    world.complaints.assertNone();
  };
  return {
    get url() {
      return listener.url;
    },
    rootKey: authority.root.toString("hex"),
    fetchAgent: mediaRoom.host.agent,
    certificate: mediaRoom.host.certificate,
    plainMediaUrl: mediaRoom.host.plainUrl,
    mediaUrl: `https://${mediaRoom.host.hostname}`,
    expireMedia: mediaRoom.expire,
    loseMedia: mediaRoom.lose,
    addPhone: (person) =>
      phone(
        {
          world,
          linking: linkingRoom,
          delivery: deliveryRoom,
          media: mediaRoom,
          appState: appStateRoom,
          history: historyRoom,
          groups: groupRoom,
          presences: presenceRoom,
          limits,
          tokens,
          mex: mexRoom,
          placeholders: placeholderRoom,
          calls: callRoom,
          newsletters: newsletterRoom,
        },
        world.directory.add(person),
      ),
    group: (jid) => {
      const state = groupRoom.find(jid);
      if (state === undefined) throw new Error(`there is no group ${jid}`);
      return group(world, groupRoom, state);
    },
    refreshQr: (qr, child = "companion_reg_refresh") => linkingRoom.refresh(qr, child),
    setProp: (code, value) => {
      if (value === undefined) props.delete(code);
      else props.set(code, value);
    },
    until: (what, look) => world.changes.until(what, look),
    restart: async (port = Number(new URL(listener.url).port)) => {
      await listener.close();
      listener = await listen(port, serve);
    },
    fault: (fault) => {
      checkFault("createWhatsAppWeb.fault", fault, WHATSAPP_WEB_FAULTS);
      return world.faults.add(fault);
    },
    get complaints() {
      return world.complaints.list;
    },
    takeComplaints: () => world.complaints.take(),
    assertClean: () => world.complaints.assertNone(),
    transcript: () => record.text(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
