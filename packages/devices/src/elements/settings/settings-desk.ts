import type { LitElement } from "lit";
import type { Clock } from "../client/clock.ts";
import { type SettingsCalls, settingsCalls } from "../client/settings-calls.ts";
import type { Answer, Requests } from "../client/requests.ts";
import type { LiveRegion } from "../controllers/live-region.ts";
import { tell } from "../events.ts";
import { failureText } from "../account/words-of.ts";
import { createStore, type Store } from "../state/store.ts";
import type { SettingsWords } from "./settings-words.ts";
import { changedFields, changeOf, isChanged } from "./state/change-of.ts";
import type { PanelEvent } from "./state/panel.ts";
import type { SecretMark } from "./state/secret.ts";
import { type Asking, hasChanges, reduceSettings, type SettingsEvent, type SettingsShown, type SettingsState } from "./state/settings.ts";

/** What the desk works with. */
export interface SettingsWorld {
  readonly host: LitElement;
  readonly requests: Requests;
  readonly region: Pick<LiveRegion, "say" | "alert">;
  clock(): Clock;
  words(): SettingsWords;
}

/** Reads, changes and tries the platform's settings. */
export class SettingsDesk {
  readonly store: Store<SettingsState, SettingsEvent> = createStore(reduceSettings, { kind: "loading" });
  readonly #world: SettingsWorld;
  readonly #calls: SettingsCalls;

  constructor(world: SettingsWorld) {
    this.#world = world;
    this.#calls = settingsCalls(world.requests);
  }

  start(tab: string): void {
    window.addEventListener("beforeunload", this.#leaving);
    void this.load(tab);
  }

  stop(): void {
    window.removeEventListener("beforeunload", this.#leaving);
  }

  /** Reads all anew; what is being typed stays. */
  async load(tab?: string): Promise<void> {
    const answer = await this.#calls.all();
    if ("failure" in answer) {
      this.store.send({ type: "not-loaded", failure: answer.failure });
      this.#refused(answer);
      return;
    }
    this.store.send({ type: "loaded", all: answer.value, ...(tab !== undefined && { tab }) });
    if (this.#shown !== undefined) this.open(this.#shown.tab);
  }

  /** Opens a tab; what it shows is tried once, at first. */
  open(tab: string): void {
    this.store.send({ type: "tab", tab });
    const shown = this.#shown;
    if (shown?.tab === tab && shown.channels.includes(tab) && shown.checks[tab] === undefined) void this.check(tab);
  }

  choose(channel: string): void {
    this.store.send({ type: "chosen", channel });
  }

  change(channel: string, event: PanelEvent): void {
    this.store.send({ type: "panel", channel, event });
  }

  /** Tries what is saved. */
  async check(channel: string): Promise<void> {
    this.store.send({ type: "check", channel, check: { kind: "running" } });
    const answer = await this.#calls.check(channel);
    const at = this.#world.clock().now();
    const check =
      "value" in answer ? { kind: "found" as const, at, findings: answer.value.findings } : { kind: "failed" as const, ...answer };
    this.store.send({ type: "check", channel, check });
  }

  /** Saves what is changed; answers whether nothing was wrong. */
  async save(channel: string): Promise<boolean> {
    const panel = this.#shown?.panels[channel];
    if (panel === undefined || panel.phase === "saving" || !isChanged(panel)) return true;
    const change = changeOf(panel);
    if (!tell(this.#world.host, "wadesk-action", { action: "save" })) return true;
    this.change(channel, { type: "saving" });
    const answer = await this.#calls.change(channel, change);
    if ("failure" in answer) {
      this.change(channel, { type: "refused", failure: answer.failure });
      this.#refused(answer);
      return false;
    }
    this.change(channel, { type: "saved", changed: answer.value });
    this.#saved(channel, changedFields(change));
    await this.check(channel);
    return true;
  }

  /** Asks before the engine is another one, and counts who could not send. */
  async askSwitch(): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined || shown.chosen === shown.active) return;
    const { chosen: channel, active } = shown;
    if (!tell(this.#world.host, "wadesk-action", { action: "switch" })) return;
    this.ask({ type: "switch", channel });
    const [to, from] = await Promise.all([this.#calls.readiness(channel), this.#calls.readiness(active)]);
    this.store.send({ type: "readiness", ...("value" in to && { to: to.value }), ...("value" in from && { from: from.value }) });
    if ("failure" in to) this.store.send({ type: "not-done", failure: to.failure });
  }

  ask(asking: Asking): void {
    this.store.send({ type: "asked", asking });
  }

  askRetire(channel: string, path: string, mark: SecretMark): void {
    this.ask({ type: "retire", channel, path, mark });
  }

  /** Forgets what was asked, however it was closed. */
  dismiss(): void {
    this.store.send({ type: "answered" });
  }

  /** Does what was asked for; answers whether it was done. */
  async confirm(): Promise<boolean> {
    const asking = this.#shown?.asking;
    if (asking === undefined || asking.working === true) return false;
    if (asking.type === "remove-group") {
      this.change(asking.channel, { type: "group-removed", path: asking.path });
      return true;
    }
    this.store.send({ type: "working" });
    const answer = asking.type === "switch" ? await this.#calls.setActive(asking.channel) : await this.#retire(asking);
    if ("failure" in answer) {
      this.store.send({ type: "not-done", failure: answer.failure });
      this.#refused(answer);
      return false;
    }
    if (asking.type === "switch") {
      this.store.send({ type: "switched", channel: asking.channel });
      this.#saved(asking.channel, ["channel"]);
    } else if (answer.value !== undefined) {
      this.store.send({ type: "retired", settings: answer.value.settings });
      this.#saved(asking.channel, [asking.path]);
    }
    return true;
  }

  #retire({ channel, path, mark }: Extract<Asking, { readonly type: "retire" }>): ReturnType<SettingsCalls["change"]> {
    const parts = path.split(".").toReversed();
    const change = parts.reduce<object>((inside, part) => ({ [part]: inside }), { retire: mark.id });
    return this.#calls.change(channel, change as Readonly<Record<string, unknown>>);
  }

  get #shown(): SettingsShown | undefined {
    const { state } = this.store;
    return state.kind === "shown" ? state : undefined;
  }

  #saved(channel: string, fields: readonly string[]): void {
    this.#world.region.say(this.#world.words().frame.saved);
    tell(this.#world.host, "wadesk-saved", { channel, fields });
  }

  #refused({ failure }: Extract<Answer<unknown>, { readonly failure: unknown }>): void {
    const { code, remedy } = failure;
    if (code === "platform_needed") return;
    const text = failureText(this.#world.words(), failure);
    this.#world.region.alert(text);
    tell(this.#world.host, "wadesk-error", { code, remedy, text });
  }

  // the browser asks in its own words
  readonly #leaving = (event: BeforeUnloadEvent): void => {
    if (hasChanges(this.store.state)) event.preventDefault();
  };
}
