import type { SettingsBody, WireAllSettings, WireChanged, WireFindings, WireReadiness } from "../../wire/settings.ts";
import type { Answer, Requests } from "./requests.ts";

/** What is asked and told about the platform's settings. */
export interface SettingsCalls {
  all(): Promise<Answer<WireAllSettings>>;
  change(channel: string, change: SettingsBody["change"]): Promise<Answer<WireChanged>>;
  check(channel: string): Promise<Answer<WireFindings>>;
  readiness(channel: string): Promise<Answer<WireReadiness>>;
  setActive(channel: string): Promise<Answer<void>>;
}

/** Makes them. */
export function settingsCalls({ read, change }: Requests): SettingsCalls {
  const of = (channel: string, rest = ""): string => `/settings/${encodeURIComponent(channel)}${rest}`;
  return {
    all: () => read("/settings"),
    change: (channel, body) => change("PATCH", of(channel), { change: body }),
    check: (channel) => change("POST", of(channel, "/check")),
    readiness: (channel) => read(of(channel, "/readiness")),
    setActive: (channel) => change("PUT", "/settings", { channel }),
  };
}
