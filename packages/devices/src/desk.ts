import type { AnyChannel, Logger, Platform, Wadesk } from "@wadesk/core";
import type { ReadOptions } from "./options.ts";

/** What the handler needs of the client: any client is one. */
export type DevicesClient = Pick<Wadesk<AnyChannel>, "workspace" | "settings" | "on" | "inbound" | "screen">;

/** What every part of one handler works with. */
export interface Desk {
  readonly client: DevicesClient;
  readonly options: ReadOptions;
  readonly log: Logger;
}

/** Lets work go on after the answer, where the platform has such a thing. */
export function goOn(platform: Platform | undefined, work: Promise<unknown>): void {
  platform?.waitUntil?.(work);
}
