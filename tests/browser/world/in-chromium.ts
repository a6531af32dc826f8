import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { chromiumIsAway, startChromium } from "./chromium.ts";
import { type BrowserHost, type HostOptions, openHost } from "./host.ts";
import { signIn } from "./person.ts";

/** A host and somebody signed in to it, in a browser of their own. */
export interface InChromium {
  readonly browser: Browser;
  /** Of who is signed in; its pages share cookies. */
  readonly context: BrowserContext;
  readonly host: BrowserHost;
  /** Gives both up and opens new ones, as they are opened for each test. */
  again(options?: HostOptions): Promise<void>;
}

const away = chromiumIsAway();
if (away) console.warn(`skipped: ${away}`);

/** Facts that are looked at in one Chromium, each with a host and a profile of its own. Left out, with the reason, where there is no Chromium. */
export function inChromium(name: string, facts: (here: InChromium) => void, options: HostOptions = {}): void {
  describe.skipIf(away)(name, () => {
    let browser: Browser | undefined;
    let opened: Pick<InChromium, "context" | "host"> | undefined;
    const open = async (wanted: HostOptions): Promise<void> => {
      const host = await openHost(wanted);
      const context = await there(browser).newContext();
      opened = { host, context };
      await signIn(context, host);
    };
    const close = async (): Promise<void> => {
      await opened?.context.close();
      await opened?.host.close();
      opened = undefined;
    };
    beforeAll(async () => {
      browser = await startChromium();
    });
    afterAll(() => browser?.close());
    beforeEach(() => open(options));
    afterEach(close);
    facts({
      get browser() {
        return there(browser);
      },
      get context() {
        return there(opened).context;
      },
      get host() {
        return there(opened).host;
      },
      async again(wanted = options) {
        await close();
        await open(wanted);
      },
    });
  });
}

function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("it is there within a test alone");
  return thing;
}
