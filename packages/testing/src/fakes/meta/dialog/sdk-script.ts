import { ARBITER_PATH } from "./opened.ts";

const PATH = /^\/[a-z]{2}_[A-Z]{2}\/sdk\.js$/;

/** Whether a request is for Meta's script for browsers, which Meta has on `connect.facebook.net`. */
export function isScript(url: URL): boolean {
  return PATH.test(url.pathname);
}

/** Meta's script as far as Embedded Signup goes by it. Served at Meta's own address it opens the dialog at Meta's, elsewhere where it was loaded from. */
export function scriptAnswer(url: URL): Response {
  const dialog = url.hostname === "connect.facebook.net" ? "https://www.facebook.com" : url.origin;
  return new Response(scriptOf(dialog), {
    // pages load it with crossorigin="anonymous", as Meta's own snippet does
    headers: {
      "content-type": "application/x-javascript; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
    },
  });
}

// As strict as Meta's: FB.init with a version before anything else, https except on this machine, and no callback that is an async function.
function scriptOf(dialog: string): string {
  return `(() => {
  const DIALOG = ${JSON.stringify(dialog)};
  const waiting = new Map();
  let settings;
  window.addEventListener("message", (event) => {
    if (event.origin !== DIALOG || typeof event.data !== "string" || !event.data.startsWith("cb=")) return;
    const said = new URLSearchParams(event.data);
    answer(said.get("cb"), said.get("code"));
  });
  function answer(id, code) {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    clearInterval(call.watch);
    call.callback(code === null ? { authResponse: null, status: "unknown" } : { authResponse: { code, userID: null }, status: "unknown" });
  }
  window.FB = {
    init(given) {
      if (typeof given?.version !== "string" || !/^v\\d+\\.\\d+$/.test(given.version)) throw new Error("init not called with valid version");
      if (typeof given.appId !== "string") throw new Error("init not called with an appId");
      settings = given;
    },
    login(callback, options = {}) {
      if (settings === undefined) throw new Error("FB.login() called before FB.init().");
      if (Object.prototype.toString.call(callback) !== "[object Function]")
        throw new Error("Expression is of type " + typeof callback + " (async), not function");
      if (location.protocol !== "https:" && !["localhost", "127.0.0.1"].includes(location.hostname))
        throw new Error("The method FB.login can no longer be called from http pages.");
      const id = "f" + Math.random().toString(16).slice(2);
      const arbiter = DIALOG + ${JSON.stringify(ARBITER_PATH)} + "#" + new URLSearchParams({ cb: id, origin: location.origin, relation: "opener" });
      const { extras, ...rest } = options;
      const query = new URLSearchParams({ client_id: settings.appId, display: "popup", sdk: "joey", redirect_uri: arbiter });
      for (const [name, value] of Object.entries(rest)) query.set(name, String(value));
      if (extras !== undefined) query.set("extras", JSON.stringify(extras));
      const opened = window.open(DIALOG + "/" + settings.version + "/dialog/oauth?" + query, id, "popup,width=600,height=700");
      // a browser that blocks the window says so here alone: Meta's script never calls back
      if (opened === null) return;
      const watch = setInterval(() => {
        if (!opened.closed) return;
        clearInterval(watch);
        // what the window posted last is on its way
        setTimeout(() => answer(id, null), 50);
      }, 100);
      waiting.set(id, { callback, watch });
    },
  };
  const ready = window.fbAsyncInit;
  if (typeof ready === "function") ready();
})();
`;
}
