import type { ConnectContext, Connected } from "@wadesk/core/ports";
import type { UnofficialDetails, UnofficialSecret } from "../details.ts";
import type { UnofficialInput } from "../input/unofficial-input.ts";
import type { Transport, UnofficialSettings } from "../options.ts";
import { linkNumber } from "./link-number.ts";
import { moveNumber } from "./move-number.ts";

/** Links a phone, or takes over a device that is linked already. */
export function connectNumber(
  transport: Transport,
  input: UnofficialInput,
  context: ConnectContext<UnofficialSettings>,
): Promise<Connected<UnofficialDetails, UnofficialSecret>> {
  return input.session === undefined ? linkNumber(transport, input, context) : moveNumber(transport, input, context);
}
