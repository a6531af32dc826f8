import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where a Chromium is on this machine: `WADESK_CHROMIUM`, or where Debian's package puts it. */
const CHROMIUM_PATH: string | undefined = [process.env.WADESK_CHROMIUM, ...PLACES].find(isProgram);

function isProgram(path: string | undefined): path is string {
  try {
    accessSync(path ?? "", constants.X_OK);
    return path !== undefined && path !== "";
  } catch {
    return false;
  }
}

/** Why tests in a browser cannot run; nothing when they can. Under WADESK_REQUIRE_SERVICES=1 they run and fail instead. */
export function chromiumIsAway(): string | undefined {
  if (CHROMIUM_PATH !== undefined || process.env.WADESK_REQUIRE_SERVICES === "1") return undefined;
  return "no Chromium on this machine: apt-get install chromium, or name one with WADESK_CHROMIUM";
}

/** Starts one without a window, in a profile of its own. It is to be closed. */
export async function startChromium(): Promise<Browser> {
  if (CHROMIUM_PATH === undefined) throw new Error("there is no Chromium: apt-get install chromium, or name one with WADESK_CHROMIUM");
  return chromium.launch({
    executablePath: CHROMIUM_PATH,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
