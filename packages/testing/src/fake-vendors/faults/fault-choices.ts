import type { AnyFault, FaultHandle } from "../../fakes/stage/fault-list.ts";
import type { FaultChoice } from "../world/vendor.ts";

/** Every kind of fault that a fake knows, with what its button says and what it then does. */
export type FaultTable<Fault extends AnyFault> = Readonly<Record<Fault["kind"], readonly (readonly [label: string, fault: Fault])[]>>;

/** The faults of a table as buttons. */
export function faultChoices<Fault extends AnyFault>(
  table: FaultTable<Fault>,
  begin: (fault: Fault) => FaultHandle,
): readonly FaultChoice[] {
  const kinds = Object.entries(table) as [string, FaultTable<Fault>[Fault["kind"]]][];
  return kinds.flatMap(([kind, choices]) =>
    choices.map(([label, fault], index) => ({
      id: index === 0 ? kind : `${kind}-${index + 1}`,
      label,
      // what holds webhooks back does it until it is ended, whatever is asked
      isState: kind === "webhooks_held",
      start: (isLasting) => begin(isLasting && kind !== "webhooks_held" ? { ...fault, times: Number.POSITIVE_INFINITY } : fault),
    })),
  );
}

/** A state that something is put into, and back. */
export function stateChoice(id: string, label: string, enter: () => void, leave: () => void): FaultChoice {
  return {
    id,
    label,
    isState: true,
    start: () => {
      let isOver = false;
      enter();
      return {
        end: () => {
          if (!isOver) leave();
          isOver = true;
        },
        get spent() {
          return isOver;
        },
      };
    },
  };
}
