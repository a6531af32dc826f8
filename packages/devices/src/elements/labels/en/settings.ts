const plural = new Intl.PluralRules("en");
const workspaces = (count: number): string =>
  `${count.toLocaleString("en")} ${plural.select(count) === "one" ? "workspace" : "workspaces"}`;

/** How one engine compares, row by row. */
export interface EngineWords {
  readonly approval: string;
  readonly setup: string;
  readonly risk: string;
  readonly cost: string;
  readonly templates: string;
  readonly bestFor: string;
}

/** Words of the platform's settings. */
export const settings = {
  loading: "Loading settings",
  failedTitle: "The settings could not be loaded",
  failedText: "The server did not answer. Nothing has changed.",
  deniedTitle: "Only admins change these settings",
  deniedText: "Ask an admin of the platform. You can connect and manage the numbers of your workspace under Devices.",
  tabs: "Settings of each engine",
  engineTab: "Engine",
  needsSettings: "needs settings",
  engine: "Active messaging engine",
  engineText: "The one channel that every workspace sends through. Each workspace then connects its own numbers under Devices.",
  engines: { unofficial: "Unofficial API", "cloud-api": "Business API", twilio: "Twilio service" } as Readonly<Record<string, string>>,
  engineLines: {
    unofficial: "Links a phone by QR",
    "cloud-api": "WhatsApp Cloud API (Meta)",
    twilio: "WhatsApp through Twilio",
  } as Readonly<Record<string, string>>,
  rows: { approval: "Approval", setup: "Setup time", risk: "Ban risk", cost: "Cost", templates: "Templates", bestFor: "Best for" },
  comparison: {
    unofficial: {
      approval: "None",
      setup: "Minutes",
      risk: "Higher; against WhatsApp terms for bulk",
      cost: "Free; you pay only for hosting",
      templates: "None; free-form only",
      bestFor: "A fast start, low volume, internal use",
    },
    "cloud-api": {
      approval: "Meta business verification",
      setup: "Hours to days",
      risk: "Low; official, quality-rated",
      cost: "Meta’s pricing",
      templates: "Yes, approved by Meta",
      bestFor: "High volume, official trust, Forms and catalog",
    },
    twilio: {
      approval: "Twilio sender approval, or sandbox",
      setup: "Minutes in the sandbox, else days",
      risk: "Low; official through Twilio",
      cost: "Twilio per message, plus Meta’s pricing",
      templates: "Yes, through Twilio Content",
      bestFor: "Teams already on Twilio",
    },
  } as Readonly<Record<string, EngineWords>>,
  engineStates: { active: "Active", ready: "Ready", lacking: "Needs settings" },
  isActive: (engine: string): string => `${engine} is active.`,
  isChosen: (engine: string): string => `${engine} is marked, and not active yet.`,
  save: "Save",
  switchTitle: (engine: string): string => `Switch every workspace to ${engine}?`,
  switchAll: (engine: string): string => `From now on, sends, lists and pickers use the ${engine} alone.`,
  switchOld: (count: number): string =>
    `The ${count.toLocaleString("en")} connected ${plural.select(count) === "one" ? "number" : "numbers"} of the present engine stay connected and still receive. They do not send.`,
  switchUnable: (unable: number, all: number): string =>
    `${unable.toLocaleString("en")} of ${workspaces(all)} ${plural.select(unable) === "one" ? "has" : "have"} no number there yet and cannot send until they connect one.`,
  switchAble: "Every workspace that has a number has one there, too.",
  switchCounting: "Counting the workspaces that could not send…",
  switchUncounted: "How many workspaces could not send is not known now.",
  switchDo: "Switch",
  switching: "Switching…",
  switched: (engine: string): string => `${engine} is active now`,
};
