import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readKeyName } from "./key-name.ts";

describe("the name of a key", () => {
  it.each([
    ["pre-key-12", "pre-key", "12"],
    ["session-15550002222.0", "session", "15550002222.0"],
    ["session-123_1.99", "session", "123_1.99"],
    ["sender-key-120363@g.us--123_1--4", "sender-key", "120363@g.us::123_1::4"],
    ["sender-key-120363@g.us::123_1::4", "sender-key", "120363@g.us::123_1::4"],
    ["sender-key-49155-16000@g.us--123--0", "sender-key", "49155-16000@g.us::123::0"],
    ["sender-key-status@broadcast--123--0", "sender-key", "status@broadcast::123::0"],
    ["sender-key-memory-49155-16000@g.us", "sender-key-memory", "49155-16000@g.us"],
    ["app-state-sync-key-AAA__b+__", "app-state-sync-key", "AAA/b+/"],
    ["app-state-sync-version-critical_block", "app-state-sync-version", "critical_block"],
    ["lid-mapping-123_reverse", "lid-mapping", "123_reverse"],
    ["tctoken-__index", "tctoken", "__index"],
  ])("%s is of a %s", (name, type, id) => {
    expect(readKeyName(name)).toEqual({ type, id });
  });

  it.each(["", "creds", "session", "session-", "novelty-1", "Session-1"])("%j is of none", (name) => {
    expect(readKeyName(name)).toBeUndefined();
  });

  it("comes back from every file that Baileys would call so", () => {
    const fileName = (type: string, id: string): string => `${type}-${id}`.replaceAll("/", "__").replaceAll(":", "-");
    const digits = fc.stringMatching(/^[1-9]\d{5,14}$/);
    const group = fc.oneof(
      digits.map((id) => `${id}@g.us`),
      fc.tuple(digits, digits).map(([one, two]) => `${one}-${two}@g.us`),
    );
    const user = fc.tuple(digits, fc.constantFrom("", "_1", "_128")).map(([one, domain]) => `${one}${domain}`);
    const key = fc.oneof(
      fc.tuple(
        fc.constant("session"),
        fc.tuple(user, fc.nat(99)).map(([one, device]) => `${one}.${device}`),
      ),
      fc.tuple(
        fc.constant("sender-key"),
        fc.tuple(group, user, fc.nat(99)).map(([one, who, device]) => `${one}::${who}::${device}`),
      ),
      fc.tuple(fc.constant("sender-key-memory"), group),
      fc.tuple(fc.constant("app-state-sync-key"), fc.base64String({ minLength: 4 })),
      fc.tuple(fc.constantFrom("pre-key", "device-list", "lid-mapping"), digits),
    );
    fc.assert(
      fc.property(key, ([type, id]) => {
        expect(readKeyName(fileName(type, id))).toEqual({ type, id });
      }),
    );
  });
});
