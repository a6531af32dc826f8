import type { Linking } from "../api/workspace.ts";
import type { Connection } from "../model/connection.ts";
import type { LinkStep } from "../ports/context.ts";

/** What runs behind a handle: shows steps, heeds the controller's signal, gives the connection. */
export type LinkWork = (show: (step: LinkStep) => void, controller: AbortController) => Promise<Connection>;

/** Starts the work at once and gives the handle: await it, iterate it (each iteration begins with the first step), or cancel it. */
export function startLinking(connectionId: string, work: LinkWork): Linking<unknown> {
  const controller = new AbortController();
  const steps: LinkStep[] = [];
  let waiting: (() => void)[] = [];
  let ended = false;
  const wake = (): void => {
    for (const resume of waiting) resume();
    waiting = [];
  };
  const done = work((step) => {
    steps.push(step);
    wake();
  }, controller).finally(() => {
    ended = true;
    wake();
  });
  // whoever only iterates gets the failure there, and must not see it as an unhandled rejection too
  done.catch(() => {});

  return {
    connectionId,
    // biome-ignore lint/suspicious/noThenProperty: the handle is awaited
    then: (fulfilled, rejected) => done.then(fulfilled, rejected),
    catch: (rejected) => done.catch(rejected),
    finally: (ended) => done.finally(ended),
    [Symbol.toStringTag]: "Linking",
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; ) {
        const step = steps[next];
        if (step !== undefined) {
          next += 1;
          yield step;
        } else if (ended) {
          await done;
          return;
        } else {
          await new Promise<void>((resolve) => void waiting.push(resolve));
        }
      }
    },
    async cancel() {
      controller.abort();
      await done.catch(() => {});
    },
  };
}
