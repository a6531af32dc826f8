const API_HOST = /^api(\.[a-z0-9-]+)*\.twilio\.com$/;
const CDN_HOST = /^([a-z0-9-]+\.)+twiliocdn\.com$/;
const PATH = /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})\/Messages\/([A-Z]{2}[0-9a-fA-F]{32})\/Media\/ME[0-9a-fA-F]{32}$/;

/** What the address of a file of Twilio's names. */
export interface MediaPlace {
  readonly accountSid: string;
  readonly messageSid: string;
  /** Where it is asked for: where Twilio says, or below the address that stands for Twilio's. */
  readonly address: string;
}

/** Reads the address of a file, as `MediaUrl0` names it; nothing for any other address. */
export function readMediaUrl(address: string, apiUrl: string | undefined): MediaPlace | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const path = isTwilios(url) ? url.pathname : apiUrl === undefined ? undefined : pathBelow(url, apiUrl);
  const [, accountSid, messageSid] = PATH.exec(path ?? "") ?? [];
  if (path === undefined || accountSid === undefined || messageSid === undefined) return undefined;
  return { accountSid, messageSid, address: `${apiUrl ?? url.origin}${path}` };
}

function isTwilios({ protocol, port, hostname }: URL): boolean {
  return protocol === "https:" && port === "" && API_HOST.test(hostname);
}

function pathBelow({ origin, pathname }: URL, apiUrl: string): string | undefined {
  const base = new URL(apiUrl);
  const above = base.pathname.replace(/\/$/, "");
  return origin === base.origin && pathname.startsWith(above) ? pathname.slice(above.length) : undefined;
}

/** Whether an address is of the network that hands out Twilio's files. */
export function isCdn({ protocol, port, hostname }: URL): boolean {
  return protocol === "https:" && port === "" && CDN_HOST.test(hostname);
}
