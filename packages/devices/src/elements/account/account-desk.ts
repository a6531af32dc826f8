import type { SignupAnswer } from "@wadesk/core";
import type { WireLink } from "../../wire/link.ts";
import type { WireSignup } from "../../wire/signup.ts";
import type { Answer } from "../client/requests.ts";
import { type SignupCalls, signupCalls } from "../client/signup-calls.ts";
import { tell } from "../events.ts";
import { failureText } from "./words-of.ts";
import type { World } from "../screens/world.ts";
import type { AccountWords } from "./account-words.ts";
import { createStore, type Store } from "../state/store.ts";
import { type AccountEvent, type AccountState, type AccountSubject, accountInput, reduceAccount } from "./state/account.ts";
import { passedOf } from "./state/checks.ts";
import { firstWrong } from "./state/form.ts";

/** How often is looked how it goes. */
const LOOK_MS = 1000;

/** What the desk works with. */
export interface AccountWorld extends Omit<World, "words"> {
  words(): AccountWords;
}

/** Connects numbers with credentials, or by the vendor's dialog. */
export class AccountDesk {
  readonly store: Store<AccountState, AccountEvent> = createStore(reduceAccount, { kind: "closed" });
  readonly #world: AccountWorld;
  readonly #signups: SignupCalls;
  #look: (() => void) | undefined;

  constructor(world: AccountWorld) {
    this.#world = world;
    this.#signups = signupCalls(world.requests);
  }

  open(subject: AccountSubject): void {
    this.#still();
    this.store.send({ type: "opened", ...subject });
  }

  /** Leaves it; what was begun with the vendor goes on, but an attempt of its dialog is given back. */
  close(): void {
    this.#still();
    const { state } = this.store;
    this.store.send({ type: "closed" });
    if (state.kind === "waiting") void this.#signups.cancel(state.attempt.id, state.channel.kind);
    if (state.kind === "checking" && state.connectionId !== undefined) void this.#world.calls.cancel(state.connectionId);
  }

  /** Tries what is typed; answers the field that is wrong, where one is. */
  async send(): Promise<string | undefined> {
    this.store.send({ type: "form", event: { type: "looked-through" } });
    const { state } = this.store;
    if (state.kind !== "form") return undefined;
    const wrong = firstWrong(state.form);
    if (wrong !== undefined) return wrong;
    const { channel, again } = state;
    const { host, calls } = this.#world;
    if (!tell(host, "wadesk-action", { action: again ? "reconnect" : "add", ...(again && { connection: again }) })) return undefined;
    const input = accountInput(state);
    const label = state.label.trim();
    this.store.send({ type: "sent" });
    const answer = again
      ? await calls.reconnect(again.id, input)
      : await calls.connect({ channel: channel.kind, input, ...(label !== "" && { label }) });
    this.#linked(answer);
    const { state: after } = this.store;
    return after.kind === "form" ? firstWrong(after.form) : undefined;
  }

  /** Opens the vendor's dialog in a window of its own; to be called while a button is pressed, or the browser blocks it. */
  async openDialog(): Promise<void> {
    const { state } = this.store;
    if (state.kind === "closed" || !tell(this.#world.host, "wadesk-action", { action: "signup" })) return;
    const opened = window.open("", "wadesk-signup", "popup,width=640,height=760");
    this.store.send({ type: "opening" });
    const answer = await this.#signups.begin(state.channel.kind);
    if ("failure" in answer || answer.value.opening.type !== "url") {
      opened?.close();
      this.#signupFailed(answer);
      return;
    }
    const { url } = answer.value.opening;
    this.store.send({ type: "begun", attempt: answer.value, url });
    if (opened !== null) {
      opened.opener = null;
      opened.location.href = url;
    }
    this.#later(() => this.#lookAtSignup());
  }

  /** Opens the window again that is waited for. */
  openAgain(): void {
    const { state } = this.store;
    if (state.kind === "waiting") window.open(state.url, "wadesk-signup", "noopener");
  }

  /** Answers what the attempt asks; without an answer it goes on where it failed. */
  async answer(answer?: SignupAnswer): Promise<void> {
    const { state } = this.store;
    if (state.kind !== "signup") return;
    const { attempt, channel } = state;
    this.#still();
    this.store.send({ type: "answering" });
    const told = await this.#signups.resume(attempt.id, channel.kind, answer === undefined ? {} : { answer });
    if ("value" in told) this.#attempted(told.value);
    else this.#signupFailed(told);
  }

  #linked(answer: Answer<WireLink>): void {
    if ("failure" in answer) {
      this.store.send({ type: "refused", failure: answer.failure });
      this.#refused(answer);
      return;
    }
    const link = answer.value;
    const before = this.store.state;
    this.store.send({ type: "link", link });
    const { state } = this.store;
    const { region, words, host } = this.#world;
    const { account } = words();
    if (state.kind === "refused" && link.failure !== undefined) this.#refused({ failure: link.failure });
    if (state.kind === "connected" && before.kind === "checking") {
      region.say(account.connected(state.connection.label));
      const previous = state.again === undefined ? {} : { previous: state.again };
      tell(host, "wadesk-connected", { connection: state.connection, ...previous });
    }
    if (state.kind !== "checking") return;
    const { passed, of } = passedOf(state.rows);
    if (before.kind === "checking" && passedOf(before.rows).passed !== passed) region.say(account.passedOf(passed, of));
    this.#later(async () => this.#linked(await this.#world.calls.link(link.connectionId)));
  }

  async #lookAtSignup(): Promise<void> {
    const { state } = this.store;
    if (state.kind !== "waiting" && state.kind !== "signup") return;
    const answer = await this.#signups.read(state.attempt.id, state.channel.kind);
    if ("value" in answer) this.#attempted(answer.value);
    // a look that failed says nothing of the attempt, but that it is gone
    else if (answer.failure.code === "signup_not_found") this.#signupFailed(answer);
    else this.#later(() => this.#lookAtSignup());
  }

  #attempted(attempt: WireSignup): void {
    this.store.send({ type: "attempt", attempt });
    const { state } = this.store;
    if (state.kind !== "waiting" && state.kind !== "signup") return;
    if (attempt.at === "connecting" || attempt.at === "working" || attempt.at === "code") this.#later(() => this.#lookAtSignup());
    const { region, words } = this.#world;
    const connected = attempt.numbers.filter((number) => number.state === "connected").length;
    if (attempt.at === "done") region.say(words().account.doneTitle(connected, attempt.numbers.length));
  }

  #signupFailed(answer: Answer<unknown>): void {
    if (!("failure" in answer)) return;
    this.store.send({ type: "signup-failed", failure: answer.failure });
    this.#refused(answer);
  }

  #refused({ failure }: Extract<Answer<unknown>, { readonly failure: unknown }>): void {
    const text = failureText(this.#world.words(), failure);
    this.#world.region.alert(text);
    tell(this.#world.host, "wadesk-error", { code: failure.code, remedy: failure.remedy, text });
  }

  #later(work: () => Promise<void>): void {
    this.#still();
    this.#look = this.#world.clock().after(LOOK_MS, () => void work());
  }

  #still(): void {
    this.#look?.();
    this.#look = undefined;
  }
}
