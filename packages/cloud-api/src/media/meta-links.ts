/** Where Meta keeps files; a link to one names its id and lives five minutes. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
const META_HOST = "lookaside.fbsbx.com";
/** Where they lie on an address that takes the place of Meta's, e.g. a fake's. */
const PATH = "/whatsapp_business/attachments/";

/** Whether an address is one of Meta's for files, which may learn the token. */
export function isMetaLink(url: URL, graphUrl: string): boolean {
  if (url.protocol === "https:" && url.host === META_HOST) return true;
  return url.origin === new URL(graphUrl).origin && url.pathname.startsWith(PATH);
}

/** The id in a link of Meta's; nothing in any other. */
export function mediaIdOf(address: string, graphUrl: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return isMetaLink(url, graphUrl) ? (url.searchParams.get("mid") ?? "") : undefined;
}
