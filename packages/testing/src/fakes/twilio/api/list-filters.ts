import { invalidParameter } from "./twilio-error.ts";

/** Whether a time fits the day that a list's query names, e.g. by `DateSent`, `DateSent<` and `DateSent>`. Throws 20001 on what is no date. */
export function dayFilter(query: URLSearchParams, name: string): (at: number) => boolean {
  const wanted = [name, `${name}<`, `${name}>`].map((each) => [each, query.get(each)] as const);
  for (const [each, written] of wanted) {
    if (written !== null && !isDate(written)) throw invalidParameter(each, "must be a date");
  }
  const [same, before, after] = wanted.map(([, written]) => written?.slice(0, 10));
  return (at) => {
    const day = new Date(at).toISOString().slice(0, 10);
    return day === (same ?? day) && day <= (before ?? day) && day >= (after ?? day);
  };
}

/** The address that a list's query names, with or without its prefix. Throws 20001 on what can be none. */
export function addressFilter(query: URLSearchParams, name: string): (address: string) => boolean {
  const wanted = query.get(name);
  if (wanted !== null && /\s|^$/.test(wanted)) throw invalidParameter(name, "must be an address");
  return (address) => address === (wanted ?? address);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text));
}
