import { WadeskError } from "../errors/wadesk-error.ts";
import type { ChannelSettings } from "../ports/channel.ts";

/** An option that is one secret or several, as a list without white space around them. An empty secret is none: what it would verify must be refused. */
export function secretList(value: string | readonly string[] | undefined): readonly string[] {
  const values = typeof value === "string" ? [value] : (value ?? []);
  return values.map((each) => each.trim()).filter((each) => each !== "");
}

/** An option in milliseconds. Throws `configuration_invalid` when it is negative or no number; `of` names the function that took it. */
export function millisecondsOption(of: string, value: number, field: string): number {
  if (!Number.isFinite(value) || value < 0) throw optionInvalid(of, field, "must be milliseconds, not negative", "too_low");
  return value;
}

/** The error for an option that cannot work, e.g. `optionInvalid("cloudApi", "appId", "must be digits", "wrong_form")`. The last one is the code of the issue. */
export function optionInvalid(of: string, field: string, message: string, code = "invalid"): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${of}: ${field} ${message}`, issues: [{ field, code, message }] });
}

/** The settings with defaults that are not shown when the channel is printed: they hold the platform's secrets. */
export function unprintedDefaults<Settings>(settings: ChannelSettings<Settings>): ChannelSettings<Settings> {
  return Object.defineProperty(settings, "defaults", { enumerable: false });
}
