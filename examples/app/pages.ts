import { PEOPLE, type Person } from "./people.ts";

/** What a page shows beside its own. */
export interface PageFrame {
  /** Whoever is signed in. */
  readonly person: Person | undefined;
  /** Whether the vendors are simulated, and the panel with their side of the world is shown. */
  readonly isSimulated: boolean;
}

const NAVIGATION = { "/app/devices": "Devices", "/app/chats": "Chats", "/app/settings": "Settings" } as const;

/** The page that says what this is, and on which people sign in. */
export function homePage(frame: PageFrame): string {
  const vendors = frame.isSimulated
    ? "Meta, Twilio and WhatsApp are simulated on this machine, so no account is needed and nothing leaves it: the panel at the side is the other half of the world, with the phones, the contacts and what can go wrong."
    : "It runs against the vendors that its environment names.";
  return page(
    frame,
    "WaDesk example",
    `<h1>WaDesk example</h1>
<p>In this small application, teams connect WhatsApp numbers on <b>Devices</b>, talk with their contacts on <b>Chats</b>, and the operator of the platform sets it up on <b>Settings</b>. ${vendors} Choose who you are: the sign-in is a stub without passwords, which stands where yours will.</p>
<form method="post" action="/app/login" class="people">${PEOPLE.map(
      ({ userId, name, title }) => `<button name="who" value="${userId}"><b>${name}</b><span>${title}</span></button>`,
    ).join("")}</form>`,
  );
}

/** Devices: the mount and the tag. */
export function devicesPage(frame: PageFrame): string {
  return page(frame, "Devices", `<wadesk-devices endpoint="/wadesk" heading-level="1"></wadesk-devices>`, ["/wadesk/script"]);
}

/** Settings: the other tag of the same script. It says itself who may not change them. */
export function settingsPage(frame: PageFrame): string {
  return page(frame, "Settings", `<wadesk-settings endpoint="/wadesk" heading-level="1"></wadesk-settings>`, ["/wadesk/script"]);
}

/** Where the window of Meta's dialog ends: what is asked next stands on Devices, from which it was opened. */
export function connectedPage(frame: PageFrame): string {
  return page(frame, "Back from Meta", `<h1>Back from Meta</h1><p>Close this window: it goes on in the one with the Devices.</p>`, [
    "/app/files/connected.js",
  ]);
}

/** Chats: people at the left, what was said at the right. */
export function chatsPage(frame: PageFrame): string {
  return page(
    frame,
    "Chats",
    `<h1>Chats</h1>
<div class="chats">
<section aria-label="People"><form id="begin"><label>A new number<input name="number" placeholder="+5511999990000" autocomplete="off"></label><button>Open</button></form><ul id="heads"></ul></section>
<section aria-label="Conversation"><h2 id="with">Choose a chat</h2><ol id="messages" aria-live="polite"></ol>
<form id="write" hidden><label>Message<input name="text" autocomplete="off"></label><button>Send</button>
<label class="file">Picture<input type="file" name="picture" accept="image/jpeg,image/png,image/webp"></label><button type="button" id="template">Send a template</button></form>
<p id="problem" role="alert"></p></section>
</div>`,
    ["/app/files/chats.js"],
  );
}

function page({ person, isSimulated }: PageFrame, title: string, body: string, scripts: readonly string[] = []): string {
  const all = isSimulated ? [...scripts, "/app/files/world.js"] : scripts;
  const links = Object.entries(NAVIGATION).map(
    ([path, name]) => `<a href="${path}"${name === title ? ' aria-current="page"' : ""}>${name}</a>`,
  );
  const bar = person
    ? `<nav>${links.join("")}</nav><form method="post" action="/app/logout"><span>${person.name}, ${person.title}</span><button>Sign out</button></form>`
    : "";
  const world = isSimulated ? `<aside id="world" aria-label="The simulated world"></aside>` : "";
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="/app/files/icon.svg"><link rel="stylesheet" href="/app/files/app.css">
${all.map((path) => `<script type="module" src="${path}"></script>`).join("\n")}</head>
<body><header><a href="/app">WaDesk example</a>${bar}</header><div class="columns"><main>${body}</main>${world}</div></body></html>`;
}
