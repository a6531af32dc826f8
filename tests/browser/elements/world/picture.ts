import type { Page } from "playwright-core";
import { stubScreen } from "./stub-screen.ts";
import { type VendorsScreen, vendorsScreen } from "./vendors-screen.ts";
import type { View } from "./views.ts";

/** One picture of the elements, whatever stands behind it. */
export interface Picture {
  readonly name: string;
  /** Attributes of the element, and its tag. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Makes what stands behind it, and what goes there. */
  open(): Promise<{ answer(request: Request): Promise<Response>; go(page: Page): Promise<unknown> }>;
}

/** A picture of what a stub answers. */
export function ofStub({ name, stub, attributes, go }: View): Picture {
  return {
    name,
    ...(attributes && { attributes }),
    async open() {
      const screen = stubScreen({ ...stub });
      return { answer: screen.answer, go: (page) => go(page, screen) };
    },
  };
}

/** How a picture of the real handler comes about. */
export interface Scene {
  readonly name: string;
  readonly active?: "cloud-api" | "twilio" | "unofficial";
  readonly attributes?: Readonly<Record<string, string>>;
  /** What is so before anybody looks. */
  prepare?(screen: VendorsScreen): unknown;
  /** What is answered in place of the handler, by method and path; what never comes is never answered. */
  readonly instead?: Readonly<Record<string, () => Response | Promise<Response>>>;
  go(page: Page, screen: VendorsScreen): Promise<unknown>;
}

/** A picture of the real handler on fakes of the vendors. */
export function ofVendors({ name, active, attributes, prepare, instead = {}, go }: Scene): Picture {
  return {
    name,
    ...(attributes && { attributes }),
    async open() {
      const screen = vendorsScreen(active);
      await prepare?.(screen);
      return {
        answer: (request) => {
          const called = `${request.method} ${new URL(request.url).pathname.replace("/wadesk", "")}`;
          return Promise.resolve(instead[called]?.() ?? screen.answer(request));
        },
        go: (page) => go(page, screen),
      };
    },
  };
}

/** What hangs. */
export const never = (): Promise<Response> => new Promise(() => {});
