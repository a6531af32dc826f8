import { expect, it } from "vitest";
import { openEcho } from "../testing/open-echo.ts";
import { contextOf } from "./inbound-contexts.ts";

it("a source's context is had by the source, in whichever copy of the package, and by nothing else", async () => {
  const { wadesk } = openEcho();
  const [source] = wadesk.inbound.sources;
  const another = "./inbound-contexts.ts?another copy";
  const copy = (await import(another)) as { readonly contextOf: typeof contextOf };
  expect(copy.contextOf).not.toBe(contextOf);
  expect(copy.contextOf(source)).toBe(contextOf(source));
  expect(await contextOf(source).settings()).toEqual({ hookSecret: ["from-options"], bridges: {} });
  expect(() => contextOf(source && { ...source })).toThrow(TypeError);
  expect(() => contextOf(undefined)).toThrow(TypeError);
});
