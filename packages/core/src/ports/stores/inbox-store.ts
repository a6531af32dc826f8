import type { OwnedEvent } from "../../model/event.ts";
import type { Page, PageRequest } from "./storage.ts";

/** One attempt at an event. `token` proves whose attempt it is. */
export interface Claim {
  readonly event: OwnedEvent;
  /** Counts from 1. */
  readonly attempt: number;
  readonly token: number;
}

/** An event that was given up after its last attempt. */
export interface DeadLetter {
  readonly event: OwnedEvent;
  readonly attempts: number;
  readonly reason: string;
  readonly diedAt: number;
}

/** What becomes of an event next. */
export type InboxState = "absent" | "waiting" | "running" | "done" | "dead";

/** What was asked to be claimed. */
export interface ClaimRequest {
  readonly owner: string;
  /** Only these types; absent means every type. */
  readonly types?: readonly string[];
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: number;
}

/** Inbound events: stored once, completed once, in order per order key. */
export interface InboxStore {
  /** Answers the ones that were new. */
  add(events: readonly OwnedEvent[]): Promise<readonly OwnedEvent[]>;
  /** The head of each order key only, and only when it is due and nobody holds it. */
  claim(request: ClaimRequest): Promise<readonly Claim[]>;
  renew(claim: Claim, leaseMs: number, now: number): Promise<boolean>;
  /** False when the lease was lost meanwhile. The payload goes, the key stays until `prune`. */
  done(claim: Claim, now: number): Promise<boolean>;
  /** A dead head frees its order key. False when the lease was lost meanwhile. */
  fail(claim: Claim, retryAt: number | "dead", reason: string, now: number): Promise<boolean>;
  states(keys: readonly string[]): Promise<ReadonlyMap<string, InboxState>>;
  /** When the next waiting event is due, or its lease ends; milliseconds since the epoch. */
  nextDue(): Promise<number | undefined>;
  dead(workspaceId: string | undefined, page: PageRequest): Promise<Page<DeadLetter>>;
  /** Gives dead letters a fresh count of attempts; answers how many there were. */
  replay(keys: readonly string[]): Promise<number>;
  /** Forgets the keys of events done before then. */
  prune(doneBefore: number): Promise<number>;
  deleteOfConnection(workspaceId: string, connectionId: string): Promise<void>;
}
