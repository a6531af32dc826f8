import { connected, type Ground, inTurn, openGround, pause, SIDES, spent, type Turn } from "./course.ts";
import type { Asked } from "./dialogue.ts";
import type { ClientTask, Side, Transactions, Usage } from "./plan.ts";

/** How much of a course is run. */
export interface Size {
  /** How many sessions each side has. */
  readonly sessions: number;
  /** How often everything is done; each time is one pair of figures. */
  readonly rounds: number;
  /** How often all log in in each round, in processes of their own: one login is short, and a garbage collection in it is a third of it. */
  readonly logins: number;
  /** How many are cut at once, once all are open. */
  readonly cut: number;
  /** How many talk, with so many messages each way. */
  readonly talkers: number;
  readonly messages: number;
  /** How many messages each sends and hears of either kind before anything is measured: until what runs often is compiled. */
  readonly warmUp: number;
}

/** What a course has found, by rounds. */
export interface Found {
  readonly linking: readonly Turn[];
  readonly logins: readonly Turn[];
  /** After the login of all, in bytes. */
  readonly memory: readonly Readonly<Record<Side, number>>[];
  readonly cuts: readonly Turn[];
  readonly sending: readonly Turn[];
  /** As many messages, handed over at once. */
  readonly bursts: readonly Turn[];
  readonly hearing: readonly Turn[];
  /** In a group of 32 for each, of whom the contact alone answers with a receipt, and the phones of the others are off: one message after the other, and all handed over at once. */
  readonly groupSending: readonly Turn[];
  readonly groupBursts: readonly Turn[];
  /** One after the other, where each of the others answers at once with a receipt: what is spent is spent on receipts, by both sides. */
  readonly groupAnswered: readonly Turn[];
  readonly groupHearing: readonly Turn[];
  /** Transactions of our side for one message that goes out, and for one that comes in. */
  readonly out: readonly Transactions[];
  readonly into: readonly Transactions[];
}

const LINKS_AT_ONCE = 4;
const ONE_BY_ONE = 10;
/** How many are in a group. */
const GROUP = 32;

/** Links so many sessions on each side in turns, then opens, cuts and uses them in processes of their own, once for each round. */
export async function courseOf({ sessions, rounds, logins, cut, talkers, messages, warmUp }: Size): Promise<Found> {
  const ground = await openGround();
  const found = {
    linking: [],
    logins: [],
    memory: [],
    cuts: [],
    sending: [],
    bursts: [],
    hearing: [],
    groupSending: [],
    groupBursts: [],
    groupAnswered: [],
    groupHearing: [],
    out: [],
    into: [],
  } as {
    -readonly [Key in keyof Found]: Found[Key][number][];
  };
  try {
    const places = await linkAll(ground, sessions, rounds, found.linking);
    for (let round = 0; round < rounds; round += 1) {
      const whose = (side: Side): Place => placeOf(places, side, round);
      let clients = await logIn(ground, whose, round, found.logins);
      for (let again = 1; again < logins; again += 1) {
        for (const side of SIDES) await clients[side].end();
        clients = await logIn(ground, whose, round + again, found.logins);
      }
      found.memory.push(await inTurn(round, async (side) => (await clients[side].ask({ kind: "memory" })) as number));
      const phonesOf = (side: Side, count: number): readonly number[] => whose(side).phones.slice(0, count);
      if (cut > 0) {
        const cutOff = async (side: Side) =>
          spent(clients[side], async () => {
            await ground.server.ask({ kind: "cut", phones: phonesOf(side, cut) });
            await connected(ground, phonesOf(side, cut));
          });
        found.cuts.push(await inTurn(round, cutOff));
      }
      if (talkers > 0) await talk(ground, clients, (side) => phonesOf(side, talkers), round, { messages, warmUp, found });
      for (const side of SIDES) await clients[side].end();
    }
    return found;
  } finally {
    await ground.close();
  }
}

/** Opens all sessions of each side in a process of its own, which stays. `turn` says who begins. */
async function logIn(
  ground: Ground,
  whose: (side: Side) => Place,
  turn: number,
  turns: Turn[],
): Promise<Readonly<Record<Side, Asked<ClientTask>>>> {
  const logins: Partial<Record<Side, Turn[Side]>> = {};
  const clients = await inTurn(turn, async (side) => {
    const { name, phones } = whose(side);
    const client = await ground.enter(side, name);
    logins[side] = await spent(client, async () => {
      await client.ask({ kind: "open", phones });
      await connected(ground, phones);
    });
    return client;
  });
  turns.push(logins as Turn);
  return clients;
}

interface Place {
  readonly name: string;
  readonly phones: readonly number[];
}
type Places = Readonly<Record<Side, readonly Place[]>>;

function placeOf(places: Places, side: Side, round: number): Place {
  const place = places[side][round % places[side].length];
  if (place === undefined) throw new Error(`${side} has linked nothing`);
  return place;
}

/** Fewer sessions than rounds: each round links them anew. Else each round links its part, beside those that are there. */
async function linkAll(ground: Ground, sessions: number, rounds: number, turns: Turn[]): Promise<Places> {
  const anew = sessions < rounds;
  const each = anew ? sessions : sessions / rounds;
  const places: Record<Side, Place[]> = { ours: [], plain: [] };
  const clients = new Map<Side, Asked<ClientTask>>();
  const enter = async (side: Side, round: number): Promise<Asked<ClientTask>> => {
    const client = await ground.enter(side, nameOf(anew ? round : 0));
    clients.set(side, client);
    return client;
  };
  for (let round = 0; round < rounds; round += 1) {
    const turn = await inTurn(round, async (side) => {
      const client = clients.get(side) ?? (await enter(side, round));
      const phones = await ground.phones(each);
      const linking = await spent(client, () => client.ask({ kind: "link", phones, atOnce: LINKS_AT_ONCE }));
      const [first] = places[side];
      if (anew || first === undefined) places[side].push({ name: nameOf(anew ? round : 0), phones });
      else places[side][0] = { ...first, phones: [...first.phones, ...phones] };
      if (anew || round === rounds - 1) {
        await client.end();
        clients.delete(side);
      }
      return linking;
    });
    turns.push(turn);
  }
  return places;
}

function nameOf(round: number): string {
  return `linked-${round}`;
}

interface Talk {
  readonly messages: number;
  readonly warmUp: number;
  readonly found: {
    readonly [What in "sending" | "bursts" | "hearing" | "groupSending" | "groupBursts" | "groupAnswered" | "groupHearing"]: Turn[];
  } & {
    readonly [What in "out" | "into"]: Transactions[];
  };
}

async function talk(
  { server }: Ground,
  clients: Readonly<Record<Side, Asked<ClientTask>>>,
  phonesOf: (side: Side) => readonly number[],
  round: number,
  { messages, warmUp, found }: Talk,
): Promise<void> {
  const send = (side: Side, count: number, own?: readonly string[]): Promise<unknown> =>
    clients[side].ask({ kind: "send", phones: phonesOf(side), count, ...(own && { groups: own }) });
  const burst = (side: Side, own?: readonly string[]): Promise<unknown> =>
    clients[side].ask({ kind: "send", phones: phonesOf(side), count: messages, atOnce: true, ...(own && { groups: own }) });
  const write = async (side: Side, count: number, own?: readonly string[]): Promise<unknown> => {
    await server.ask({ kind: "write", phones: phonesOf(side), count, ...(own && { groups: own }) });
    return clients[side].ask({ kind: "heard", count: phonesOf(side).length * count });
  };
  const groupsOf = (answer: boolean): Promise<Readonly<Record<Side, readonly string[]>>> =>
    inTurn(
      round,
      async (side) => (await server.ask({ kind: "groups", phones: phonesOf(side), others: GROUP - 2, answer })) as readonly string[],
    );
  const [groups, answering] = [await groupsOf(false), await groupsOf(true)];
  // the contact is new with the first, and known from then on; so is who is in the group. The first messages of a process cost more than all others
  for (const side of SIDES) {
    for (const own of [undefined, groups[side]]) {
      await send(side, warmUp, own);
      await write(side, warmUp, own);
    }
    await send(side, 2, answering[side]);
  }
  found.sending.push(await inTurn(round, (side) => spent(clients[side], () => send(side, messages))));
  found.bursts.push(await inTurn(round, (side) => spent(clients[side], () => burst(side))));
  found.hearing.push(await inTurn(round, (side) => spent(clients[side], () => write(side, messages))));
  found.groupSending.push(await inTurn(round, (side) => spent(clients[side], () => send(side, messages, groups[side]))));
  found.groupBursts.push(await inTurn(round, (side) => spent(clients[side], () => burst(side, groups[side]))));
  found.groupHearing.push(await inTurn(round, (side) => spent(clients[side], () => write(side, messages, groups[side]))));
  found.groupAnswered.push(await inTurn(round, (side) => spent(clients[side], () => send(side, messages, answering[side]))));
  const written = async (): Promise<Transactions> => ((await clients.ours.ask({ kind: "usage" })) as Usage).transactions;
  const each = async (work: () => Promise<unknown>): Promise<Transactions> => {
    const before = await written();
    for (let index = 0; index < ONE_BY_ONE; index += 1) {
      await work();
      // so that none is written together with the next
      await pause(20);
    }
    const after = await written();
    const names = Object.keys(after).filter((name) => after[name] !== before[name]);
    return Object.fromEntries(names.map((name) => [name, ((after[name] ?? 0) - (before[name] ?? 0)) / ONE_BY_ONE]));
  };
  if (phonesOf("ours").length > 1) return;
  found.out.push(await each(() => send("ours", 1)));
  found.into.push(await each(() => write("ours", 1)));
}
