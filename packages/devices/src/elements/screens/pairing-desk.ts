import type { WireConnection } from "../../wire/connection.ts";
import type { WireEvent } from "../../wire/event.ts";
import type { WireLink } from "../../wire/link.ts";
import { tell } from "../events.ts";
import { EMPTY_FORM, type Pairing, type PairingEvent, type PairingForm, type PairingPart, reducePairing } from "../state/pairing.ts";
import { phoneProblem } from "../state/phone-problem.ts";
import { createStore, type Store } from "../state/store.ts";
import type { World } from "./world.ts";

/** How often is looked how a link goes: what is told live says nothing of how it ended. */
const LOOK_MS = 2000;
/** How long after a bridge did not answer it is tried again, by the number of tries. */
const RETRY_MS: readonly number[] = [15_000, 30_000, 60_000];

/** Links phones: begins, looks how it goes, and ends it. */
export class PairingDesk {
  readonly store: Store<Pairing, PairingEvent> = createStore(reducePairing, { kind: "start", form: EMPTY_FORM });
  /** When a bridge that did not answer is tried again, in the clock's milliseconds. */
  retryAt: number | undefined;
  readonly #world: World;
  #look: (() => void) | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** A form to fill in; for a connection whose phone is paired again, its number and label stand there. */
  open(again?: WireConnection): void {
    this.leave();
    this.store.send({ type: "opened", form: again === undefined ? EMPTY_FORM : { ...formOf(again), again } });
  }

  /** The newest step of an attempt that runs; begins one where none does. */
  async resume(connection: WireConnection): Promise<void> {
    this.open(connection);
    this.store.send({ type: "asked", method: "qr" });
    const answer = await this.#world.calls.link(connection.id);
    if ("value" in answer && answer.value.state === "running") this.follow(answer.value);
    else await this.begin("qr");
  }

  /** Shows an attempt that runs already. */
  follow(link: WireLink): void {
    this.leave();
    const { connection } = link;
    const form = connection === undefined ? EMPTY_FORM : formOf(connection);
    // one that has worked before keeps its number and label
    this.store.send({ type: "opened", form: connection?.connectedAt === undefined ? form : { ...form, again: connection } });
    this.store.send({ type: "asked", method: "qr" });
    this.#follow(link);
  }

  type(part: PairingPart, value: string): void {
    this.store.send({ type: "typed", part, value });
  }

  /** Says what is wrong with the number once its field is left. */
  check(): void {
    const { state } = this.store;
    if (state.kind !== "start" || state.form.phone === "") return;
    const error = phoneProblem(state.form.phone);
    if (error !== undefined) this.store.send({ type: "mistyped", error });
  }

  /** Begins an attempt; answers whether there was nothing to correct. */
  async begin(method: PairingForm["method"]): Promise<boolean> {
    const { form } = this.store.state;
    const error = form.again === undefined ? phoneProblem(form.phone) : undefined;
    if (error !== undefined) {
      this.store.send({ type: "mistyped", error });
      return false;
    }
    const { host, calls } = this.#world;
    const asked = tell(host, "wadesk-action", { action: form.again ? "pair" : "add", ...(form.again && { connection: form.again }) });
    if (!asked) return true;
    this.#still();
    this.store.send({ type: "asked", method });
    const { bridge } = form;
    const input = { phone: form.phone.trim(), method, ...(bridge && { bridge }) };
    const label = form.label.trim();
    const answer = form.again
      ? await calls.reconnect(form.again.id, input)
      : await calls.connect({ input, ...(label !== "" && { label }) });
    if ("value" in answer) this.#follow(answer.value);
    else this.#failed(() => this.store.send({ type: "refused", failure: answer.failure }));
    return this.store.state.kind !== "start";
  }

  /** A new QR or code, in place of the one that is shown. */
  async again(method: PairingForm["method"]): Promise<void> {
    await this.#cancel({ type: "asked", method });
    await this.begin(method);
  }

  /** Back to the form, with what was given. */
  async change(): Promise<void> {
    const { form } = this.store.state;
    await this.#cancel({ type: "opened", form });
  }

  /** Ends the attempt. */
  async cancel(): Promise<void> {
    await this.#cancel({ type: "opened", form: EMPTY_FORM });
  }

  /** Looks away; the attempt goes on. */
  leave(): void {
    this.#still();
  }

  hear(event: WireEvent): void {
    const { state } = this.store;
    if (event.type === "step") this.store.send({ type: "stepped", connectionId: event.connectionId, step: event.step });
    const id = event.type === "changed" ? event.connection.id : event.type === "removed" ? event.id : undefined;
    const ready = event.type === "step" && event.step.type === "ready" && "id" in state && state.id === event.connectionId;
    if (ready || (id !== undefined && "id" in state && state.id === id)) void this.#see();
  }

  #follow(link: WireLink): void {
    this.#failed(() => this.store.send({ type: "linked", link }));
    const { kind } = this.store.state;
    if (kind === "asking" || kind === "running") this.#look = this.#world.clock().after(LOOK_MS, () => void this.#see());
  }

  async #see(): Promise<void> {
    this.#still();
    const { state } = this.store;
    if ((state.kind !== "asking" && state.kind !== "running") || state.id === undefined) return;
    const answer = await this.#world.calls.link(state.id);
    const now = this.store.state;
    if (!("id" in now) || now.id !== state.id || now.kind === "ended") return;
    this.#still();
    if ("value" in answer) this.#follow(answer.value);
    else this.#look = this.#world.clock().after(LOOK_MS, () => void this.#see());
  }

  // a bridge that does not answer may be back soon
  #failed(happens: () => void): void {
    const before = this.store.state.kind;
    happens();
    const { state } = this.store;
    if (state.kind !== "ended" || before === "ended") return;
    const { failure, tries } = state;
    tell(this.#world.host, "wadesk-error", { code: failure.code, remedy: failure.remedy, text: failure.message });
    if (failure.code !== "bridge_unreachable") return;
    const wait = RETRY_MS[Math.min(tries, RETRY_MS.length) - 1] ?? LOOK_MS;
    const { now, after } = this.#world.clock();
    this.retryAt = now() + wait;
    this.#look = after(wait, () => void this.begin(state.form.method));
  }

  // what comes instead stands there at once: nothing that the attempt still tells is of the next one
  async #cancel(instead: PairingEvent): Promise<void> {
    this.#still();
    const { state } = this.store;
    this.store.send(instead);
    if ((state.kind === "asking" || state.kind === "running") && state.id !== undefined) await this.#world.calls.cancel(state.id);
  }

  #still(): void {
    this.#look?.();
    this.#look = undefined;
    this.retryAt = undefined;
  }
}

function formOf({ phone, label }: WireConnection): PairingForm {
  return { phone: phone ?? "", label, method: "qr" };
}
