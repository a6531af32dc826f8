import type { Screen } from "./open-screen.ts";

/** A request that may do what it asks for. */
export interface Example {
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What each row of the table is tried with, by its name; one that has none fails the test. */
export const EXAMPLES: Readonly<Record<string, (screen: Screen) => Promise<Example> | Example>> = {
  getSetup: () => ({ path: "/setup" }),
  describe: () => ({ path: "/openapi.json" }),
  listConnections: () => ({ path: "/connections?limit=10&state=connected" }),
  getConnection: async (screen) => ({ path: `/connections/${await numberOf(screen)}` }),
  renameConnection: async (screen) => ({ path: `/connections/${await numberOf(screen)}`, body: { label: "Another name" } }),
  removeConnection: async (screen) => ({ path: `/connections/${await numberOf(screen)}` }),
  checkConnection: async (screen) => ({ path: `/connections/${await numberOf(screen)}/check` }),
  makePrimary: async (screen) => {
    await numberOf(screen, "+111");
    return { path: `/connections/${await numberOf(screen, "+222")}/primary` };
  },
  disconnectConnection: async (screen) => ({ path: `/connections/${await numberOf(screen)}/disconnect` }),
  listen: () => ({ path: "/events" }),
  connect: () => ({ path: "/connections", body: { label: "Sales", input: { number: "+333", token: "secret-token-3" } } }),
  getLink: async (screen) => ({ path: `/connections/${await numberOf(screen)}/link` }),
  reconnect: async (screen) => ({
    path: `/connections/${await numberOf(screen)}/link`,
    body: { input: { number: "+111", token: "secret-token-4" } },
  }),
  cancelLink: async (screen) => ({ path: `/connections/${await numberOf(screen)}/link` }),
  beginSignup: () => ({ path: "/signups", body: { door: "url" } }),
  async finishSignup(screen) {
    const { state, cookie } = await begunSignup(screen);
    return { path: "/signups/finish", body: { state, code: "secret-code-1" }, headers: { cookie } };
  },
  getSignup: async (screen) => ({ path: `/signups/${(await begunSignup(screen)).id}` }),
  async resumeSignup(screen) {
    const { id, state, cookie } = await begunSignup(screen);
    await screen.ask("owner", "POST", "/signups/finish", { state, code: "secret-code-1" }, { cookie });
    return { path: `/signups/${id}`, body: { answer: { type: "choose_numbers", numbers: ["n1"] } } };
  },
  cancelSignup: async (screen) => ({ path: `/signups/${(await begunSignup(screen)).id}` }),
  getAllSettings: () => ({ path: "/settings" }),
  setActiveChannel: () => ({ path: "/settings", body: { channel: "pager" } }),
  getSettings: () => ({ path: "/settings/echo" }),
  changeSettings: () => ({ path: "/settings/echo", body: { change: { region: "eu", hookSecret: { add: "secret-of-the-hook" } } } }),
  getReadiness: () => ({ path: "/settings/pager/readiness" }),
  checkSettings: () => ({ path: "/settings/echo/check" }),
};

async function numberOf({ wadesk }: Screen, number = "+111"): Promise<string> {
  const { id } = await wadesk.workspace("acme").connect("echo", { number, token: "secret-token-1" });
  return id;
}

async function begunSignup(screen: Screen): Promise<{ readonly id: string; readonly state: string; readonly cookie: string }> {
  const response = await screen.ask("owner", "POST", "/signups", {});
  const { id, state } = (await response.json()) as { readonly id: string; readonly state: string };
  return { id, state, cookie: (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
}
