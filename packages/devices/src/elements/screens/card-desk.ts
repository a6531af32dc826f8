import type { WireConnection } from "../../wire/connection.ts";
import type { Answer } from "../client/requests.ts";
import { type WadeskAction, tell } from "../events.ts";
import { failureOf } from "../state/look-of.ts";
import type { ListDesk } from "./list-desk.ts";
import type { World } from "./world.ts";

/** What is asked before it is done. */
export interface Question {
  readonly asks: "disconnect" | "remove";
  readonly connection: WireConnection;
  readonly running: boolean;
  /** Why it could not be done. */
  readonly failure?: string;
}

/** Does what a card's buttons and menu offer. */
export class CardDesk {
  /** Whose name is being changed. */
  renaming: string | undefined;
  question: Question | undefined;
  readonly #world: World;
  readonly #list: ListDesk;
  readonly #busy = new Map<string, WadeskAction>();
  readonly #failures = new Map<string, string>();

  constructor(world: World, list: ListDesk) {
    this.#world = world;
    this.#list = list;
  }

  /** What is being done with a connection. */
  doing(id: string): WadeskAction | undefined {
    return this.#busy.get(id);
  }

  /** Why what was asked for could not be done. */
  failureOf(id: string): string | undefined {
    return this.#failures.get(id);
  }

  async check(connection: WireConnection): Promise<void> {
    const checked = await this.#perform("check", connection, () => this.#world.calls.check(connection.id));
    if (checked !== undefined) this.#world.region.say(`${checked.label}: ${this.#world.words().states.chips[chipOf(checked)]}`);
  }

  async makePrimary(connection: WireConnection): Promise<void> {
    const done = await this.#perform("set-default", connection, () => this.#world.calls.makePrimary(connection.id));
    if (done !== undefined) this.#world.region.say(this.#world.words().frame.saved);
  }

  rename(connection: WireConnection): void {
    this.renaming = connection.id;
    this.#world.host.requestUpdate();
  }

  /** Keeps the new name; an empty one, or the one it has, changes nothing. */
  async renamed(connection: WireConnection, text: string): Promise<void> {
    if (this.renaming !== connection.id) return;
    this.renaming = undefined;
    this.#world.host.requestUpdate();
    const label = text.trim();
    if (label === "" || label === connection.label) return;
    const done = await this.#perform("rename", connection, () => this.#world.calls.rename(connection.id, label));
    if (done !== undefined) this.#world.region.say(this.#world.words().list.renamed);
  }

  ask(asks: Question["asks"], connection: WireConnection): void {
    this.#question({ asks, connection, running: false });
  }

  /** Forgets the question, however it was closed. */
  dismiss(): void {
    this.#question(undefined);
  }

  /** Does what was asked about; answers whether it was done. */
  async confirm(): Promise<boolean> {
    const { question } = this;
    if (question === undefined || question.running) return false;
    const { asks, connection } = question;
    if (!tell(this.#world.host, "wadesk-action", { action: asks, connection })) return true;
    this.#question({ asks, connection, running: true });
    const { calls, words, region } = this.#world;
    const answer: Answer<unknown> = asks === "remove" ? await calls.remove(connection.id) : await calls.disconnect(connection.id);
    if ("failure" in answer) {
      const failure = failureOf(connection, answer.failure, words().states) ?? words().confirm.notDone;
      region.alert(failure);
      tell(this.#world.host, "wadesk-error", { code: answer.failure.code, remedy: answer.failure.remedy, text: failure });
      this.#question({ asks, connection, running: false, failure });
      return false;
    }
    if (asks === "remove") this.#list.drop(connection.id);
    else this.#list.put(answer.value as WireConnection);
    return true;
  }

  #question(question: Question | undefined): void {
    this.question = question;
    this.#world.host.requestUpdate();
  }

  async #perform(
    action: WadeskAction,
    connection: WireConnection,
    call: () => Promise<Answer<WireConnection>>,
  ): Promise<WireConnection | undefined> {
    const { host, region, words } = this.#world;
    const { id } = connection;
    if (this.#busy.has(id) || !tell(host, "wadesk-action", { action, connection })) return undefined;
    this.#failures.delete(id);
    this.#busy.set(id, action);
    host.requestUpdate();
    const answer = await call();
    this.#busy.delete(id);
    host.requestUpdate();
    if ("value" in answer) {
      this.#list.put(answer.value);
      return answer.value;
    }
    const text = failureOf(connection, answer.failure, words().states) ?? answer.failure.code;
    this.#failures.set(id, text);
    region.alert(text);
    tell(host, "wadesk-error", { code: answer.failure.code, remedy: answer.failure.remedy, text });
    return undefined;
  }
}

function chipOf({ status }: WireConnection): WireConnection["status"]["state"] {
  return status.state;
}
