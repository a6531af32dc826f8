import { afterAll, afterEach } from "vitest";
// this module of `@wadesk/testing` alone: as a setup file it is loaded before every test file of the workspace, and the whole kit is not
import { observeExchanges } from "../../packages/testing/src/fakes/stage/exchanges.ts";
import { watchExchanges } from "./watch.ts";

// what any test says to any fake is held to its vendor's specification
const watch = watchExchanges();
observeExchanges((exchange) => watch.note(exchange));

async function complain(): Promise<void> {
  const complaints = await watch.complaints();
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}

afterEach(complain);
// what was still under way when the last test ended
afterAll(complain);
