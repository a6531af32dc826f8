/** Words of titles, actions and of what holds for the whole screen. */
export const frame = {
  titles: { unofficial: "My devices", "cloud-api": "My WABA accounts", twilio: "Twilio", other: "My numbers" },
  lines: {
    unofficial: "Phones linked through the Unofficial API",
    "cloud-api": "Numbers on the WhatsApp Cloud API (Meta)",
    twilio: "Everything this workspace sends goes through this sender",
    other: "Numbers of this workspace",
  },
  add: { unofficial: "Add device", "cloud-api": "Add WABA account", twilio: "Connect Twilio", other: "Add number" },
  listNames: { unofficial: "Devices", "cloud-api": "WABA accounts", twilio: "Twilio", other: "Numbers" },
  connectedCount: (count: number, at?: string): string => `${count.toLocaleString("en")} connected${at === undefined ? "" : ` at ${at}`}`,
  loading: "Loading devices",
  cancel: "Cancel",
  close: "Close",
  done: "Done",
  copy: "Copy",
  copied: "Copied",
  saved: "Saved",
  tryAgain: "Try again",
  details: "Details for support",
  optional: "optional",
  offlineTitle: "You are offline",
  offlineText: (at: string): string =>
    `This is how things stood at ${at}. Your phones stay connected meanwhile; the screen updates by itself when you are back.`,
  interruptedTitle: "Live updates are interrupted",
  interruptedText: "Reconnecting. The list is refreshed every 30 seconds until then.",
  failedTitle: "The devices could not be loaded",
  failedText:
    "The server did not answer. Nothing has changed on your connections. Try again in a moment; if it lasts, tell your admin the code",
  signedOutTitle: "You are signed out",
  signedOutText: "Sign in again, then reload this page. Nothing has changed on your connections.",
  onlyOwners: "Only owners of this workspace connect and remove numbers.",
};
