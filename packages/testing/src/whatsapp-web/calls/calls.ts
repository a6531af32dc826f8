import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { Room } from "../server/room.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";
import { nodeText } from "../wire/node-text.ts";

/** What became of a call. */
export type CallState = "ringing" | "accepted" | "rejected" | "ended";

/** A call from a person to clients of another. */
export interface Call {
  /** The `call-id` of its signals, by which a client rejects it. */
  readonly id: string;
  /** As it is now: `rejected` once a client has, `accepted` and `ended` by what the test lets people do. */
  readonly state: CallState;
  /** Resolves once a client has rejected the call. */
  rejected(): Promise<void>;
  /** The other side's phone accepts it: its clients are told. */
  accept(): void;
  /** The caller hangs up, or nobody has answered in time: the clients are told. */
  end(reason?: "timeout"): void;
}

/** How somebody calls. */
export interface CallOptions {
  /** Offers video beside audio; audio alone where absent. */
  readonly isVideo?: boolean;
  /** The group that is called; one person's clients where absent. */
  readonly group?: { readonly jid: string };
}

/** Calls, of which clients hear the signals alone. */
export interface Calls extends Room {
  call(from: Account, to: readonly Account[], options?: CallOptions): Call;
}

/** The room of calls. */
export function calls(world: World): Calls {
  const open = new Map<string, { state: CallState; readonly creator: string }>();

  const call: Calls["call"] = (from, to, { isVideo = false, group } = {}) => {
    const id = world.nextId();
    const creator = lidJid(from);
    const entry: { state: CallState; readonly creator: string } = { state: "ringing", creator };
    open.set(id, entry);
    const tell = (
      tag: string,
      attributes: Readonly<Record<string, string | undefined>> = {},
      children: readonly BinaryNode[] = [],
    ): void => {
      const signal = node(tag, { "call-id": id, "call-creator": creator, caller_pn: numberJid(from), ...attributes }, children);
      for (const device of to.flatMap(linkedDevices)) {
        const envelope = { from: creator, sender_lid: creator, id: world.nextId(), t: world.seconds(), notify: from.name };
        device.mailbox.post(node("call", envelope, [signal]));
      }
    };
    const audio = node("audio", { enc: "opus", rate: 16_000 });
    tell("offer", group && { "group-jid": group.jid, type: "group" }, isVideo ? [audio, node("video", { enc: "vp8" })] : [audio]);
    return {
      id,
      get state() {
        return entry.state;
      },
      rejected: async () =>
        void (await world.changes.until(`call ${id} to be rejected`, () => (entry.state === "rejected" ? true : undefined))),
      accept: () => {
        entry.state = "accepted";
        tell("accept");
      },
      end: (reason) => {
        entry.state = "ended";
        tell("terminate", { reason });
      },
    };
  };

  return {
    call,
    stanzas: {
      call: (stanza, { connection }) => {
        const child = childOf(stanza);
        const { id, to } = stanza.attrs;
        if (child?.tag === "link_create" && to === "@call") {
          const token = world.nextId();
          connection.send(node("call", { from: to, id }, [node("link_create", { media: child.attrs.media, token })]));
          return;
        }
        const called = open.get(child?.attrs["call-id"] ?? "");
        if (child?.tag !== "reject" || called === undefined || child.attrs["call-creator"] !== called.creator) {
          world.complaints.add(`a call that is none, or a signal that no client sends:\n${nodeText(stanza, "  ")}`);
          return;
        }
        if (called.state === "ringing") called.state = "rejected";
        connection.send(node("ack", { class: "call", id, from: to, type: "reject" }));
      },
    },
  };
}
