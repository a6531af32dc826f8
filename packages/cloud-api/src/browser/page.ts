/** Meta's script for browsers, as far as it is called. */
export interface FacebookSdk {
  /** Says which app it works for. */
  init(settings: { readonly appId: string; readonly version: string; readonly autoLogAppEvents: boolean; readonly xfbml: boolean }): void;
  /** Opens the dialog; the callback has the code. */
  login(
    callback: (response: { readonly authResponse?: { readonly code?: unknown } | null } | undefined) => void,
    options: Readonly<Record<string, unknown>>,
  ): void;
}

/** A message that another window has posted. */
export interface PageMessage {
  readonly origin: string;
  readonly data: unknown;
}

/** The window that the page is in, as far as it is used: `window` is one. Spelled out, so that it needs no types of the DOM. */
export interface SignupPage {
  /** Where the page is. */
  readonly location: { readonly href: string; readonly origin: string; readonly hostname: string };
  /** Where the script is put. */
  readonly document: {
    createElement(name: "script"): { onload: unknown; onerror: unknown };
    readonly head: { append(...scripts: readonly never[]): void };
  };
  /** How the server is called. */
  readonly fetch: typeof fetch;
  /** Waits. */
  readonly setTimeout: (work: () => void, milliseconds: number) => unknown;
  /** Hears what windows post. */
  readonly addEventListener: (type: "message", listener: (event: PageMessage) => void) => void;
  /** Hears no more. */
  readonly removeEventListener: (type: "message", listener: (event: PageMessage) => void) => void;
  /** Opens a window; called by Meta's script. */
  open: (url?: string, target?: string, features?: string) => unknown;
  /** Meta's script, once it is loaded. */
  FB?: FacebookSdk | undefined;
}

const SCRIPT_HOST = "https://connect.facebook.net";
/** What Meta's dialog posts from; nothing else is heard, whatever its name ends with. */
const DIALOG_ORIGINS: readonly string[] = ["https://www.facebook.com", "https://web.facebook.com"];

/** Where the script comes from and who is heard. */
export interface Whereabouts {
  readonly script: string;
  readonly origins: readonly string[];
}

/**
 * Meta's own addresses. Another dialog counts on a page of this machine alone, and on this machine alone, in place of Meta's: so a page that people reach
 * hears nobody else, whatever the server says.
 */
export function whereabouts({ location }: SignupPage, dialogUrl: string | undefined): Whereabouts {
  if (dialogUrl !== undefined && isLocal(location.hostname)) {
    const { origin, hostname } = new URL(dialogUrl);
    if (isLocal(hostname)) return { script: `${origin}/en_US/sdk.js`, origins: [origin] };
  }
  return { script: `${SCRIPT_HOST}/en_US/sdk.js`, origins: DIALOG_ORIGINS };
}

function isLocal(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

const SCRIPT_WITHIN_MS = 20_000;

/** Loads Meta's script where the page has none yet. Nothing where it does not come. */
export async function loadSdk(page: SignupPage, address: string, nonce: string | undefined): Promise<FacebookSdk | undefined> {
  if (page.FB === undefined) {
    await new Promise<void>((resolve) => {
      const script = page.document.createElement("script");
      Object.assign(script, { src: address, async: true, crossOrigin: "anonymous", ...(nonce !== undefined && { nonce }) });
      script.onload = script.onerror = () => resolve();
      page.setTimeout(resolve, SCRIPT_WITHIN_MS);
      page.document.head.append(script as never);
    });
  }
  return page.FB;
}
