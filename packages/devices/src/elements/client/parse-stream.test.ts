import { describe, expect, it } from "vitest";
import { createStreamParser } from "./parse-stream.ts";

const REMOVED = 'event: removed\ndata: {"type":"removed","id":"con_1"}\n\n';

describe("the reader of live events", () => {
  it("gives an event once it is whole, wherever the pieces were cut", () => {
    for (let cut = 0; cut <= REMOVED.length; cut += 1) {
      const parse = createStreamParser();
      expect([...parse(REMOVED.slice(0, cut)), ...parse(REMOVED.slice(cut))]).toEqual([{ type: "removed", id: "con_1" }]);
    }
  });

  it("gives several of one piece, in their order, and none for what keeps the line open", () => {
    const parse = createStreamParser();
    expect(parse(`: still here\n\n${REMOVED}${REMOVED.replace("con_1", "con_2")}: still`)).toEqual([
      { type: "removed", id: "con_1" },
      { type: "removed", id: "con_2" },
    ]);
    expect(parse(" here\n\n")).toEqual([]);
  });

  it("reads lines that a proxy ended its own way, and passes over what is no event", () => {
    expect(createStreamParser()(REMOVED.replaceAll("\n", "\r\n"))).toHaveLength(1);
    expect(createStreamParser()("data: <html>\n\ndata: 7\n\nretry: 5\n\n")).toEqual([]);
  });
});
