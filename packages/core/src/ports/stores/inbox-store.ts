import type { OwnedEvent } from "../../model/event.ts";
import type { Page, PageRequest } from "./page.ts";

/** One attempt at an event. `token` proves whose attempt it is. */
export interface Claim {
  /** What is to be handled. */
  readonly event: OwnedEvent;
  /** Counts from 1. */
  readonly attempt: number;
  /** How many of the attempts before this one ended with their lease while others ran beside them, so that nobody knows whose fault it was; 0 when absent. */
  readonly deaths?: number;
  /** Higher than that of every attempt before. */
  readonly token: number;
  /** Whether more of its order key waits behind it, as far as was seen; absent where nothing does. */
  readonly more?: boolean;
}

/** An event that was given up after its last attempt. */
export interface DeadLetter {
  /** As its handler got it; `replay` takes its `key`. */
  readonly event: OwnedEvent;
  /** How often it was tried. */
  readonly attempts: number;
  /** What the last attempt failed with. */
  readonly reason: string;
  /** When it was given up, in milliseconds since the epoch. */
  readonly diedAt: number;
}

/** What becomes of an event next. */
export type InboxState = "absent" | "waiting" | "running" | "done" | "dead";

/** How many events are in each state. */
export type InboxCounts = Readonly<Record<Exclude<InboxState, "absent">, number>>;

/** An event that still has its payload, and what becomes of it. */
export interface KeptEvent {
  /** As it was added. */
  readonly event: OwnedEvent;
  /** What becomes of it. */
  readonly state: Exclude<InboxState, "absent" | "done">;
}

/** What may be forgotten. Times are milliseconds since the epoch. */
export interface InboxPrune {
  /** Keys of events done before then. */
  readonly doneBefore: number;
  /** Dead letters that died before then; absent keeps them all. */
  readonly deadBefore?: number;
  /** At most so many in one call, so that no call holds a database up. */
  readonly limit: number;
}

/** What was asked to be claimed. */
export interface ClaimRequest {
  /** Who holds them. */
  readonly owner: string;
  /** Only these types; absent means every type. */
  readonly types?: readonly string[];
  /** How many at most. */
  readonly limit: number;
  /** For how long they are held, in milliseconds. */
  readonly leaseMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** How a claim goes on. Times are milliseconds since the epoch. */
export interface FollowRequest {
  /** So many of what comes behind, at most; 0 frees the order key. */
  readonly limit: number;
  /** From `now` on, for all of them. */
  readonly leaseMs: number;
  /** When that is. */
  readonly now: number;
}

/** How many events `follow` gives at most, whatever its limit. */
export const MOST_IN_RUN = 16;

/** Inbound events: stored once, completed once, in order per order key. */
export interface InboxStore {
  /**
   * Answers the ones that were new, as they were given, and wakes the listeners of `changes`. One with a `phoneOrderKey` joins two names of one contact, for as
   * long as anything is open under its `orderKey`: what is added under the phone's key then, in the same call too, is handed out, listed and settled under
   * `orderKey`; and nothing more of `orderKey` is handed out while anything is open that was added under the phone's key before.
   */
  add(events: readonly OwnedEvent[]): Promise<readonly OwnedEvent[]>;
  /**
   * The head of each order key only, and only when it is due and nobody holds it. One whose lease ended is handed out by itself, so that whoever
   * claims decides what may run beside it; the one whose lease ended first comes first. All others in turns: workspaces take turns, and within a
   * workspace its connections, so that neither many events nor many connections make another workspace wait. What a claim costs depends on `limit`,
   * not on what waits.
   */
  claim(request: ClaimRequest): Promise<readonly Claim[]>;
  /**
   * False when the lease was lost meanwhile. `alone` notes that nothing runs beside this attempt until it ends: should its lease end, then that is no
   * death among others but counts against the event.
   */
  renew(claim: Claim, leaseMs: number, now: number, alone?: boolean): Promise<boolean>;
  /** False when the lease was lost meanwhile. The payload goes, the key stays until `prune`. */
  done(claim: Claim, now: number): Promise<boolean>;
  /**
   * Completes events of one order key that this claim holds, its head and what `follow` gave behind it, in their order and at once, and holds what comes next in
   * the same step, under the same token: a run of events, to be handled one after the other. Only the first of them is the head, counts as running, and can be
   * renewed, failed or done by itself; a lease that ends is a death of the head alone. Events of an order key whose lease has ended come singly for
   * as many as a run has, so that one that kills its process stands at the head when it does. Where nothing comes next, or nothing may, the order key is
   * free. Undefined, and nothing is changed, when the lease was lost meanwhile. A storage without it hands out heads only.
   */
  follow?(done: readonly Claim[], request: FollowRequest): Promise<readonly Claim[] | undefined>;
  /** A dead head frees its order key. False when the lease was lost meanwhile. */
  fail(claim: Claim, retryAt: number | "dead", reason: string, now: number): Promise<boolean>;
  /** What becomes of events by their keys, `absent` for those that are not known. */
  states(keys: readonly string[]): Promise<ReadonlyMap<string, InboxState>>;
  /** When the next waiting event is due, or its lease ends; milliseconds since the epoch. */
  nextDue(): Promise<number | undefined>;
  /** Dead letters of one workspace, or of all, those that died last first. */
  dead(workspaceId: string | undefined, page: PageRequest): Promise<Page<DeadLetter>>;
  /** Gives dead letters a fresh count of attempts; answers how many there were. With a workspace, those of others are left as they are. */
  replay(keys: readonly string[], workspaceId?: string): Promise<number>;
  /** Of one workspace, or of all. */
  counts(workspaceId?: string): Promise<InboxCounts>;
  /** Events of one workspace that are not done, in the order they were added. */
  list(workspaceId: string, page: PageRequest): Promise<Page<KeptEvent>>;
  /** Answers how many it forgot. */
  prune(request: InboxPrune): Promise<number>;
  /** Forgets all events of a connection, their keys too. */
  deleteOfConnection(workspaceId: string, connectionId: string): Promise<void>;
  /** Forgets all events of a workspace, their keys too. */
  deleteOfWorkspace(workspaceId: string): Promise<void>;
}
