import { createSignupHandler } from "@wadesk/cloud-api/signup";
import type { Authorize } from "@wadesk/core";
import { expect } from "vitest";
import { RETURN_ADDRESS, type SignupWorld } from "./signup-world.ts";

/** How the helper in the browser posts. */
export const JSON_TYPE = { "content-type": "application/json" } as const;

/** A browser in front of the signup's door. */
export interface DoorBrowser {
  call(address: string, init?: RequestInit): Promise<Response>;
  post(address: string, body: unknown, headers?: HeadersInit): Promise<Response>;
  /** The one that it keeps; a test may give it another. */
  cookie: { value: string };
  begin(wish?: object): Promise<Begun>;
  /** Goes to the way back, and answers what the host's page is then told. */
  comeBack(address: URL | string): Promise<Record<string, string>>;
}

/** What a begin answers; `url` is empty where a helper opens the dialog. */
interface Begun {
  readonly id: string;
  readonly state: string;
  readonly url: string;
}

/** Opens one: it keeps the cookie. `watch` is shown each answer. */
export function doorBrowser(
  { wadesk }: Pick<SignupWorld, "wadesk">,
  authorize: Authorize,
  watch: (address: string, answer: Response) => void = () => undefined,
): DoorBrowser {
  const handler = createSignupHandler(wadesk, { authorize, page: "/settings/whatsapp?tab=numbers" });
  const cookie = { value: "" };
  const call = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookie.value !== "") headers.set("cookie", `other=1; ${cookie.value}`);
    const answer = await handler(new Request(address, { ...init, headers }));
    const set = answer.headers.get("set-cookie");
    watch(address, answer.clone());
    if (set !== null) cookie.value = set.includes("Max-Age=0") ? "" : (set.split(";")[0] ?? "");
    return answer;
  };
  const post = (address: string, body: unknown, headers: HeadersInit = JSON_TYPE) =>
    call(address, { method: "POST", body: JSON.stringify(body), headers });
  return {
    call,
    post,
    cookie,
    async begin(wish = {}) {
      const answer = await post(`${RETURN_ADDRESS}/begin`, wish);
      expect(answer.status).toBe(200);
      const { id, state, opening } = (await answer.json()) as { id: string; state: string; opening: { url?: string } };
      return { id, state, url: opening.url ?? "" };
    },
    async comeBack(address) {
      const answer = await call(String(address));
      expect([answer.status, answer.headers.get("referrer-policy"), answer.headers.get("cache-control")]).toEqual([
        303,
        "no-referrer",
        "no-store",
      ]);
      const to = new URL(answer.headers.get("location") ?? "", RETURN_ADDRESS);
      expect(to.pathname).toBe("/settings/whatsapp");
      const { tab, ...rest } = Object.fromEntries(to.searchParams);
      expect(tab).toBe("numbers");
      return rest;
    },
  };
}
