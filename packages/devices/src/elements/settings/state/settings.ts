import type { WireFailure } from "../../../wire/problem.ts";
import type { WireAllSettings, WireFindings, WireReadiness, WireSettings } from "../../../wire/settings.ts";
import { isChanged } from "./change-of.ts";
import { openPanel, type PanelEvent, type PanelState, reducePanel } from "./panel.ts";
import type { SecretMark } from "./secret.ts";

/** A self-check of one channel's settings. */
export type SelfCheck =
  | { readonly kind: "running" }
  | { readonly kind: "found"; readonly at: number; readonly findings: WireFindings["findings"] }
  | { readonly kind: "failed"; readonly failure: WireFailure };

/** What is asked for before it is done. */
export type Asking = (
  | { readonly type: "switch"; readonly channel: string; readonly to?: WireReadiness; readonly from?: WireReadiness }
  | { readonly type: "retire"; readonly channel: string; readonly path: string; readonly mark: SecretMark }
  | { readonly type: "remove-group"; readonly channel: string; readonly path: string }
) & { readonly working?: boolean; readonly failure?: WireFailure };

/** The settings of the platform on the screen. */
export type SettingsState =
  | { readonly kind: "loading" }
  /** Whoever looks is no operator of the platform. */
  | { readonly kind: "denied" }
  | { readonly kind: "failed"; readonly failure: WireFailure }
  | SettingsShown;

/** The same once it has come. */
export interface SettingsShown {
  readonly kind: "shown";
  /** The channel in force. */
  readonly active: string;
  /** The one that the person has marked. */
  readonly chosen: string;
  readonly channels: readonly string[];
  /** `engine`, or the channel whose settings are seen. */
  readonly tab: string;
  readonly panels: Readonly<Record<string, PanelState>>;
  readonly checks: Readonly<Record<string, SelfCheck>>;
  readonly asking?: Asking;
  /** Whether the last switch was just now. */
  readonly switched?: boolean;
}

/** What happens to them. */
export type SettingsEvent =
  | { readonly type: "loaded"; readonly all: WireAllSettings; readonly tab?: string }
  | { readonly type: "not-loaded"; readonly failure: WireFailure }
  | { readonly type: "tab"; readonly tab: string }
  | { readonly type: "chosen"; readonly channel: string }
  | { readonly type: "panel"; readonly channel: string; readonly event: PanelEvent }
  | { readonly type: "check"; readonly channel: string; readonly check: SelfCheck }
  | { readonly type: "asked"; readonly asking: Asking }
  | { readonly type: "readiness"; readonly to?: WireReadiness; readonly from?: WireReadiness }
  | { readonly type: "working" }
  | { readonly type: "not-done"; readonly failure: WireFailure }
  | { readonly type: "answered" }
  | { readonly type: "switched"; readonly channel: string }
  | { readonly type: "retired"; readonly settings: WireSettings };

/** Folds one event in. */
export function reduceSettings(state: SettingsState, event: SettingsEvent): SettingsState {
  if (event.type === "loaded") return loaded(state, event.all, event.tab);
  if (event.type === "not-loaded") {
    if (event.failure.code === "platform_needed") return { kind: "denied" };
    return state.kind === "shown" ? state : { kind: "failed", failure: event.failure };
  }
  return state.kind === "shown" ? reduceShown(state, event) : state;
}

function reduceShown(state: SettingsShown, event: Exclude<SettingsEvent, { readonly type: "loaded" | "not-loaded" }>): SettingsShown {
  const { asking, ...rest } = state;
  switch (event.type) {
    case "tab":
      return state.channels.includes(event.tab) || event.tab === "engine" ? { ...state, tab: event.tab } : state;
    case "chosen": {
      const { switched: _past, ...now } = state;
      return { ...now, chosen: event.channel };
    }
    case "panel": {
      const { [event.channel]: panel } = state.panels;
      return panel === undefined ? state : withPanel(state, event.channel, reducePanel(panel, event.event));
    }
    case "check":
      return { ...state, checks: { ...state.checks, [event.channel]: event.check } };
    case "asked":
      return { ...state, asking: event.asking };
    case "readiness":
      return asking?.type !== "switch"
        ? state
        : { ...state, asking: { ...asking, ...(event.to && { to: event.to }), ...(event.from && { from: event.from }) } };
    case "working": {
      if (asking === undefined) return state;
      const { failure: _past, ...now } = asking;
      return { ...state, asking: { ...now, working: true } };
    }
    case "not-done":
      return asking === undefined ? state : { ...state, asking: { ...asking, working: false, failure: event.failure } };
    case "answered":
      return rest;
    case "switched": {
      const panels = Object.entries(rest.panels).map(([kind, panel]) => {
        return [kind, { ...panel, settings: { ...panel.settings, active: kind === event.channel } }] as const;
      });
      return { ...rest, active: event.channel, chosen: event.channel, panels: Object.fromEntries(panels), switched: true };
    }
    case "retired": {
      const { channel } = event.settings;
      const { [channel]: panel } = rest.panels;
      // what is being typed stays: only a secret is gone
      return panel === undefined ? rest : withPanel(rest, channel, { ...panel, settings: event.settings });
    }
  }
}

function loaded(state: SettingsState, { channel, channels }: WireAllSettings, tab = "engine"): SettingsShown {
  const before = state.kind === "shown" ? state : undefined;
  const panels = channels.map((settings) => {
    const { [settings.channel]: panel } = before?.panels ?? {};
    return [settings.channel, panel !== undefined && isChanged(panel) ? { ...panel, settings } : openPanel(settings)] as const;
  });
  const kinds = channels.map((each) => each.channel);
  return {
    kind: "shown",
    active: channel,
    chosen: before === undefined || before.chosen === before.active ? channel : before.chosen,
    channels: kinds,
    tab: before?.tab ?? (kinds.includes(tab) ? tab : "engine"),
    panels: Object.fromEntries(panels),
    checks: before?.checks ?? {},
  };
}

function withPanel<State extends SettingsShown>(state: State, channel: string, panel: PanelState): State {
  return { ...state, panels: { ...state.panels, [channel]: panel } };
}

/** Whether anything on the screen is changed and not saved. */
export function hasChanges(state: SettingsState): boolean {
  return state.kind === "shown" && Object.values(state.panels).some(isChanged);
}

/** How an engine stands: in force, able to be, or lacking something. */
export function engineState(state: SettingsShown, channel: string): "active" | "ready" | "lacking" {
  if (state.active === channel) return "active";
  return (state.panels[channel]?.settings.missing.length ?? 0) > 0 ? "lacking" : "ready";
}
