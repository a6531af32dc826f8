import type { Delivery } from "../delivery/delivery.ts";
import { linkedDevices } from "../delivery/send-from.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import { sendToOwn } from "../history/peer-message.ts";
import type { Media } from "../media/media.ts";
import { type Answer, type Room, refuse } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node } from "../wire/node.ts";
import { type Collection, collection } from "./collection.ts";
import type { Mutation } from "./mutation.ts";
import { type SyncKey, syncKey } from "./sync-key.ts";

/** What the devices of an account keep the same among them: names of contacts, archived and muted chats, settings. */
export interface AppState extends Room {
  of(account: Account): AccountState;
  /** The phone changes something; its linked clients are told. */
  change(account: Account, name: CollectionName, mutations: readonly Mutation[]): void;
  /** The phone makes a new key, which no client has before it is shared. */
  newKey(account: Account): void;
  /** The phone shares its keys with a linked client. */
  shareKeys(device: LinkedDevice): void;
}

/** The names of the collections. */
export type CollectionName = "critical_block" | "critical_unblock_low" | "regular_high" | "regular_low" | "regular";

/** The app state of an account. */
export interface AccountState {
  readonly keys: SyncKey[];
  readonly collections: Readonly<Record<CollectionName, Collection>>;
  /** What clients have changed, the oldest first. */
  readonly changes: AppStateChange[];
}

/** Something that a client has changed. */
export interface AppStateChange extends Mutation {
  /** Which of the account's collections it was written to; what each kind of change belongs to is WhatsApp's to say. */
  readonly collection: CollectionName;
  /** The address of the client. */
  readonly by: string;
}

const NAMES: readonly CollectionName[] = ["critical_block", "critical_unblock_low", "regular_high", "regular_low", "regular"];
const PATCHES_AN_ANSWER = 5;

/** The room of app state. */
export function appState(world: World, delivery: Delivery, media: Media): AppState {
  const { baileys, clock, complaints, seconds, nextId } = world;
  const { Type } = baileys.proto.Message.ProtocolMessage;
  const states = new Map<Account, AccountState>();
  const of = (account: Account): AccountState => {
    const known = states.get(account);
    if (known !== undefined) return known;
    const collections = Object.fromEntries(NAMES.map((name) => [name, collection(baileys, name)])) as AccountState["collections"];
    const state: AccountState = { keys: [], collections, changes: [] };
    states.set(account, state);
    return state;
  };
  const newKey = (account: Account): SyncKey => {
    const { keys } = of(account);
    const key = syncKey(keys.length + 1, clock.now());
    keys.push(key);
    return key;
  };
  const newestKey = (account: Account): SyncKey => of(account).keys.at(-1) ?? newKey(account);

  const shareKeys = (device: LinkedDevice): void => {
    newestKey(device.account);
    const keys = of(device.account).keys.map(({ id, secret, madeAt }, index) => ({
      keyId: { keyId: id },
      keyData: { keyData: secret, timestamp: madeAt, fingerprint: { rawId: index + 1, currentIndex: 0, deviceIndexes: [0] } },
    }));
    sendToOwn(world, device, { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } });
  };
  // a client that lacks a key asks its phone
  delivery.onReceived(({ content, fromMe, device }, _account, sender) => {
    const asked = content.protocolMessage as { readonly appStateSyncKeyRequest?: unknown } | undefined;
    if (fromMe && device === 0 && asked?.appStateSyncKeyRequest) shareKeys(sender.device);
  });

  const notify = (account: Account, { name, version }: Collection, but?: LinkedDevice): void => {
    for (const device of linkedDevices(account)) {
      if (device === but) continue;
      const attributes = { from: numberJid(account), type: "server_sync", id: nextId(), t: seconds() };
      device.mailbox.post(node("notification", attributes, [node("collection", { name, version })]));
    }
  };

  const take = (found: Collection, patch: BinaryNode, { account, device }: ClientSession): void => {
    const { keys, changes } = of(account);
    const keyOf = (id: Uint8Array): SyncKey => {
      const key = keys.find((each) => each.id.equals(id));
      if (key === undefined) throw new Error("a key is none of the account's");
      return key;
    };
    const by = numberJid(account, device.id);
    for (const mutation of found.apply(bytesOf(patch), keyOf)) {
      changes.push({ ...mutation, collection: found.name as CollectionName, by });
      const name = (mutation.action.pushNameSetting as { readonly name?: string } | undefined)?.name;
      if (name !== undefined) account.name = name;
    }
  };

  const answerOne = (asked: BinaryNode, found: Collection, account: Account): BinaryNode => {
    const from = Number(asked.attrs.version ?? 0);
    if (asked.attrs.return_snapshot === "true" && found.version > 0) {
      const { url: _url, fileLength, ...blob } = media.share("app state", found.snapshot(newestKey(account)));
      const reference = baileys.proto.ExternalBlobReference.encode({ ...blob, fileSizeBytes: fileLength ?? 0 }).finish();
      return node("collection", { name: found.name, version: found.version }, [node("snapshot", {}, reference)]);
    }
    const missed = found.since(from);
    const patches = missed.slice(0, PATCHES_AN_ANSWER).map((patch) => node("patch", {}, patch));
    const hasMore = missed.length > patches.length;
    const attributes = { name: found.name, version: from + patches.length, has_more_patches: hasMore ? "true" : undefined };
    return node("collection", attributes, patches.length === 0 ? [] : [node("patches", {}, patches)]);
  };

  const sync = (
    { child, after }: { readonly child: BinaryNode | undefined; after(work: () => void): void },
    session: ClientSession,
  ): Answer => {
    const answers: BinaryNode[] = [];
    for (const asked of childrenOf(child, "collection")) {
      const found = of(session.account).collections[asked.attrs.name as CollectionName];
      if (found === undefined) return refuse(400, "bad-request");
      const patch = childOf(asked, "patch");
      if (patch === undefined) {
        answers.push(answerOne(asked, found, session.account));
        continue;
      }
      if (Number(asked.attrs.version) !== found.version) {
        const error = node("error", { code: 409, text: "conflict" });
        answers.push(node("collection", { name: found.name, version: found.version, type: "error" }, [error]));
        continue;
      }
      try {
        take(found, patch, session);
      } catch (error) {
        complaints.add(`a patch of ${found.name} was refused: ${(error as Error).message}`);
        return refuse(400, "bad-request");
      }
      answers.push(node("collection", { name: found.name, version: found.version }));
      after(() => notify(session.account, found, session.device));
    }
    return [node("sync", {}, answers)];
  };

  return {
    of,
    newKey,
    shareKeys,
    change: (account, name, mutations) => {
      const found = of(account).collections[name];
      found.write(newestKey(account), mutations, clock.now());
      notify(account, found);
      world.changes.happened();
    },
    requests: { "w:sync:app:state:set:sync": sync },
  };
}
