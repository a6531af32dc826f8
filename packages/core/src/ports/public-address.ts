/** The address of one of our paths, as a vendor is told it: the public address as it was written, with its upper case, port, credentials and query. */
export function addressBelow(publicAddress: string, path: string): string {
  const [base = "", ...query] = publicAddress.split("?");
  return `${base.replace(/\/*$/, "")}${path}${query.length > 0 ? `?${query.join("?")}` : ""}`;
}
