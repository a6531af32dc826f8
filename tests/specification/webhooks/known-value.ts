import type { EventType } from "@wadesk/core";

/** A value of a webhook that Meta's pages or the field notes name, and what it is read as. */
export interface KnownValue {
  readonly name: string;
  readonly field: string;
  readonly value: object;
  readonly type: EventType;
}
