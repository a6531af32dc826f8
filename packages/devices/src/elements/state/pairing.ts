import type { WireConnection } from "../../wire/connection.ts";
import type { WireLink, WireStep } from "../../wire/link.ts";
import type { WireFailure } from "../../wire/problem.ts";
import type { PhoneProblem } from "./phone-problem.ts";

/** What a person gives to link a phone. */
export interface PairingForm {
  readonly phone: string;
  readonly label: string;
  /** The helper service that keeps its session; the platform's own choice where absent. */
  readonly bridge?: string;
  readonly method: "qr" | "code";
  /** The connection whose phone is paired again; its number and label stand. */
  readonly again?: WireConnection;
}

/** What is wrong with the number, as a kind of mistake or in the handler's own words. */
export type NumberError = PhoneProblem | "in_use" | { readonly text: string };

/** Where adding a device stands. */
export type Pairing =
  | { readonly kind: "start"; readonly form: PairingForm; readonly error?: NumberError; readonly failure?: WireFailure }
  /** The handler was asked and has shown nothing yet. */
  | { readonly kind: "asking"; readonly form: PairingForm; readonly id?: string; readonly tries: number }
  | { readonly kind: "running"; readonly form: PairingForm; readonly id: string; readonly step: WireStep; readonly tries: number }
  | {
      readonly kind: "ended";
      readonly form: PairingForm;
      readonly id?: string;
      readonly failure: WireFailure;
      /** The last thing that was shown before. */
      readonly step?: WireStep;
      /** How often it was tried. */
      readonly tries: number;
    }
  | { readonly kind: "ready"; readonly form: PairingForm; readonly connection: WireConnection };

/** What is given in a field. */
export type PairingPart = "phone" | "label" | "bridge";

/** What happens to it. */
export type PairingEvent =
  | { readonly type: "opened"; readonly form: PairingForm }
  | { readonly type: "typed"; readonly part: PairingPart; readonly value: string }
  | { readonly type: "mistyped"; readonly error: NumberError }
  | { readonly type: "asked"; readonly method: PairingForm["method"] }
  /** The handler said no before anything was begun. */
  | { readonly type: "refused"; readonly failure: WireFailure }
  | { readonly type: "linked"; readonly link: WireLink }
  | { readonly type: "stepped"; readonly connectionId: string; readonly step: WireStep };

/** An empty form. */
export const EMPTY_FORM: PairingForm = { phone: "", label: "", method: "qr" };

/** Folds what happens into where adding a device stands. What is told of another attempt than the one that is shown changes nothing. */
export function reducePairing(state: Pairing, event: PairingEvent): Pairing {
  switch (event.type) {
    case "opened":
      return { kind: "start", form: event.form };
    case "typed":
      return state.kind === "start" ? { kind: "start", form: { ...state.form, [event.part]: event.value } } : state;
    case "mistyped":
      return { kind: "start", form: state.form, error: event.error };
    case "asked":
      return { kind: "asking", form: { ...state.form, method: event.method }, tries: state.kind === "ended" ? state.tries : 0 };
    case "refused":
      return refused(state, event.failure);
    case "linked":
      return linked(state, event.link);
    case "stepped":
      return stepped(state, event.connectionId, event.step);
  }
}

function refused(state: Pairing, failure: WireFailure): Pairing {
  const { form } = state;
  if (failure.code === "number_in_use") return { kind: "start", form, error: "in_use" };
  const [issue] = failure.issues ?? [];
  if (issue !== undefined) return { kind: "start", form, error: issue.code === "not_a_phone" ? "wrong" : { text: issue.message } };
  if (failure.code === "bridge_unreachable" || form.again !== undefined) return ended(state, failure);
  return { kind: "start", form, failure };
}

function linked(state: Pairing, link: WireLink): Pairing {
  if (!isOfThis(state, link.connectionId)) return state;
  const { connection, connectionId: id } = link;
  const form = connection === undefined ? state.form : formOf(connection, state.form);
  if (link.state === "connected" && connection !== undefined) return { kind: "ready", form, connection };
  if (link.state === "failed" && link.failure !== undefined) return ended({ ...state, form }, link.failure, id);
  if (link.state !== "running") return state;
  const step = link.steps.at(-1);
  const tries = triesOf(state);
  if (step === undefined) return { kind: "asking", form, id, tries };
  return step.type === "ready" ? state : { kind: "running", form: methodOf(form, link.steps), id, step, tries };
}

function stepped(state: Pairing, connectionId: string, step: WireStep): Pairing {
  if ((state.kind !== "asking" && state.kind !== "running") || step.type === "ready") return state;
  // somebody else of the workspace may be linking a phone at the same time
  if ((state.id ?? state.form.again?.id) !== connectionId) return state;
  return { kind: "running", form: methodOf(state.form, [step]), id: connectionId, step, tries: state.tries };
}

function ended(state: Pairing, failure: WireFailure, id?: string): Pairing {
  const known = id ?? ("id" in state ? state.id : undefined);
  const step = state.kind === "running" || state.kind === "ended" ? state.step : undefined;
  return {
    kind: "ended",
    form: state.form,
    failure,
    tries: triesOf(state) + 1,
    ...(known !== undefined && { id: known }),
    ...(step !== undefined && { step }),
  };
}

// an attempt has no id before the first answer, which is of whatever was asked for
function isOfThis(state: Pairing, id: string): boolean {
  return (state.kind === "asking" || state.kind === "running") && (state.id ?? state.form.again?.id ?? id) === id;
}

function triesOf(state: Pairing): number {
  return "tries" in state ? state.tries : 0;
}

function formOf({ phone, label }: WireConnection, form: PairingForm): PairingForm {
  return { ...form, phone: phone ?? form.phone, label: label || form.label };
}

// another browser may have begun it, by either way
function methodOf(form: PairingForm, steps: readonly WireStep[]): PairingForm {
  const shown = steps.findLast(({ type }) => type === "qr" || type === "code");
  return shown === undefined || shown.type === form.method ? form : { ...form, method: shown.type === "code" ? "code" : "qr" };
}
