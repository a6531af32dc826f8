export { type FakeAccounts, type FakeGiven, type FakeWorld, openFakeWorld } from "./fake-world.ts";
export { openPanel } from "./panel.ts";
