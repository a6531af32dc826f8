import type { WireConnection } from "../../wire/connection.ts";
import type { WireEvent } from "../../wire/event.ts";
import type { WireStep } from "../../wire/link.ts";
import type { WireChannel, WireSetup } from "../../wire/setup.ts";
import { type Live, openLive } from "../client/live.ts";
import type { Answer } from "../client/requests.ts";
import { tell } from "../events.ts";
import { type Filter, queryOf, withPart } from "../state/filter.ts";
import { LOADING, type ListEvent, type ListState, reduceList } from "../state/list.ts";
import { reduceStanding, type Standing, type StandingEvent } from "../state/standing.ts";
import { createStore, type Store } from "../state/store.ts";
import { createNews } from "./news.ts";
import type { World } from "./world.ts";

/** How often the list is read where no stream tells what happens. */
const REFRESH_MS = 30_000;
/** How long somebody may go on typing before it is searched. */
const SEARCH_MS = 250;

/** Reads the list, and keeps it as it is. */
export class ListDesk {
  readonly list: Store<ListState, ListEvent> = createStore(reduceList, LOADING);
  readonly standing: Store<Standing, StandingEvent> = createStore(reduceStanding, { kind: "connecting" });
  /** Who is here and which channel is in force; nothing before the first answer. */
  setup: WireSetup | undefined;
  /** The newest step of each link under way, by connection. */
  readonly steps: Map<string, WireStep> = new Map();
  readonly #world: World;
  readonly #news: ReturnType<typeof createNews>;
  readonly #heard: (event: WireEvent) => void;
  #live: Live | undefined;
  #ahead = 0;
  #refresh: (() => void) | undefined;
  #searching: (() => void) | undefined;
  #ready = false;

  constructor(world: World, heard: (event: WireEvent) => void) {
    this.#world = world;
    this.#heard = heard;
    this.#news = createNews(world);
  }

  /** The channel in force, once it is known. */
  get channel(): WireChannel | undefined {
    return this.setup?.channels.find(({ kind }) => kind === this.setup?.channel);
  }

  /** The server's time, so that a wrong clock shows no "in 3 minutes". */
  now(): number {
    return this.#world.clock().now() + this.#ahead;
  }

  start(): void {
    const { requests, clock, pageSize } = this.#world;
    window.addEventListener("online", this.#network);
    window.addEventListener("offline", this.#network);
    if (!navigator.onLine) this.#network();
    void this.load();
    this.#live = openLive({
      requests,
      clock: clock(),
      random: Math.random,
      limit: pageSize,
      hear: (event) => this.#hear(event),
      lost: () => this.#lost(),
      refused: () => this.standing.send({ type: "refused" }),
    });
  }

  stop(): void {
    window.removeEventListener("online", this.#network);
    window.removeEventListener("offline", this.#network);
    this.#live?.stop();
    for (const end of [this.#refresh, this.#searching]) end?.();
    this.#refresh = undefined;
    this.#news.stop();
  }

  /** Reads all anew. */
  async load(): Promise<void> {
    const [setup] = await Promise.all([this.#world.calls.setup(), this.#read()]);
    if (!this.#answered(setup)) return;
    this.setup = setup.value;
    this.#ahead = setup.value.now - this.#world.clock().now();
    this.#world.host.requestUpdate();
    this.#tellReady();
  }

  /** Wants other connections than before. */
  filter(part: keyof Filter, value: string): void {
    this.#want(withPart(this.list.state.filter, part, value));
  }

  /** Searches once somebody has stopped typing. */
  search(text: string): void {
    this.#searching?.();
    this.#searching = this.#world.clock().after(SEARCH_MS, () => this.filter("search", text.trim()));
  }

  showAll(): void {
    this.#want({});
  }

  /** Reads the page after those that are shown; answers the first new one. */
  async more(): Promise<string | undefined> {
    const { state } = this.list;
    if (state.kind !== "shown" || state.next === undefined || state.busy) return undefined;
    const there = state.items.length;
    const answer = await this.#world.calls.list(queryOf(state.filter, this.#world.pageSize(), state.next));
    if (!this.#answered(answer)) return undefined;
    this.list.send({ type: "appended", filter: state.filter, list: answer.value });
    const now = this.list.state;
    if (now.kind !== "shown") return undefined;
    this.#world.region.say(this.#world.words().list.showing(now.items.length, now.counts.all));
    return now.items[there]?.id;
  }

  /** Puts in place what an answer says of one connection. */
  put(connection: WireConnection): void {
    this.#hear({ type: "changed", connection });
  }

  /** Takes out one that is gone. */
  drop(id: string): void {
    this.#hear({ type: "removed", id });
  }

  find(id: string): WireConnection | undefined {
    const { state } = this.list;
    return state.kind === "shown" ? [...state.items, ...state.waiting].find((each) => each.id === id) : undefined;
  }

  #want(filter: Filter): void {
    this.list.send({ type: "wanted", filter });
    void this.#read();
  }

  async #read(): Promise<void> {
    const { filter } = this.list.state;
    const answer = await this.#world.calls.list(queryOf(filter, this.#world.pageSize()));
    if (!this.#answered(answer)) return this.list.send({ type: "failed", failure: answer.failure });
    this.list.send({ type: "loaded", filter, list: answer.value });
    this.#tellReady();
  }

  // what every answer says besides: whether the server is there, and whether anybody is signed in
  #answered<Value>(answer: Answer<Value>): answer is { readonly value: Value } {
    if ("value" in answer) this.standing.send({ type: "answered" });
    else if (answer.failure.code === "not_authorized") this.standing.send({ type: "refused" });
    else if (answer.failure.code === "unreachable") this.standing.send({ type: "unreachable", at: this.now() });
    return "value" in answer;
  }

  #hear(event: WireEvent): void {
    this.standing.send({ type: "heard" });
    this.#refresh?.();
    this.#refresh = undefined;
    const before = event.type === "changed" ? this.find(event.connection.id) : event.type === "removed" ? this.find(event.id) : undefined;
    if (event.type === "snapshot") this.#begin(event);
    else if (event.type === "step") this.steps.set(event.connectionId, event.step);
    else if (event.type !== "end") this.list.send(event);
    if (event.type === "changed") this.#tellChanged(event.connection, before);
    if (event.type === "removed" && before !== undefined) tell(this.#world.host, "wadesk-removed", { connection: before });
    this.#heard(event);
    this.#world.host.requestUpdate();
  }

  #begin({ list, links }: Extract<WireEvent, { readonly type: "snapshot" }>): void {
    this.#ahead = list.now - this.#world.clock().now();
    // another channel is in force: its words and form are others, too
    if (this.setup !== undefined && this.setup.channel !== list.channel) void this.load();
    this.steps.clear();
    for (const { connectionId, steps } of links) {
      const step = steps.at(-1);
      if (step !== undefined) this.steps.set(connectionId, step);
    }
    this.list.send({ type: "snapshot", list });
    const { state } = this.list;
    // a snapshot says nothing of what lies beyond its page
    if (
      state.kind === "shown" &&
      state.items.length > 0 &&
      (Object.keys(state.filter).length > 0 || state.items.length > list.items.length)
    )
      void this.#read();
    this.#tellReady();
  }

  #tellChanged(connection: WireConnection, previous: WireConnection | undefined): void {
    if (previous !== undefined && previous.version >= connection.version) return;
    const detail = { connection, ...(previous && { previous }) };
    tell(this.#world.host, "wadesk-changed", detail);
    if (connection.status.state !== "pending") this.steps.delete(connection.id);
    if (connection.status.state === previous?.status.state) return;
    if (connection.status.state === "connected") tell(this.#world.host, "wadesk-connected", detail);
    if (previous !== undefined) this.#news.turned(connection.status.state);
  }

  #tellReady(): void {
    const { state } = this.list;
    if (this.#ready || state.kind !== "shown" || this.setup === undefined) return;
    this.#ready = true;
    tell(this.#world.host, "wadesk-ready", { channel: this.setup.channel, counts: state.counts });
  }

  #lost(): void {
    this.standing.send({ type: "lost" });
    this.#refresh ??= this.#world.clock().after(REFRESH_MS, () => {
      this.#refresh = undefined;
      void this.#read();
      this.#lost();
    });
  }

  readonly #network = (): void => {
    this.standing.send({ type: "network", on: navigator.onLine, at: this.now() });
    if (navigator.onLine) {
      this.#live?.again();
      void this.load();
    }
  };
}
