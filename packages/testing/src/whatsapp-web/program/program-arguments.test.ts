import { describe, expect, it } from "vitest";
import { HELP, programArguments } from "./program-arguments.ts";

describe("the program's arguments", () => {
  it("have defaults: free ports and two phones", () => {
    const { port, pagePort, phones, wantsHelp } = programArguments([]);
    expect({ port, pagePort, wantsHelp }).toEqual({ port: 0, pagePort: 0, wantsHelp: false });
    expect(phones).toEqual([
      { number: "15550001111", name: "Shop" },
      { number: "15550002222", name: "Ana" },
    ]);
  });

  it("name ports and phones, with or without names", () => {
    const asked = programArguments(["--port", "4001", "--page-port=4002", "--phones", "4915550001= A = B ,4915550002"]);
    expect(asked).toMatchObject({
      port: 4001,
      pagePort: 4002,
      phones: [{ number: "4915550001", name: "A = B" }, { number: "4915550002" }],
    });
  });

  it.each([
    ["--port", "-1"],
    ["--port", "70000"],
    ["--page-port", "http"],
    ["--phones", "Ana"],
    ["--phones", ""],
    ["--nonsense", "1"],
  ])("are refused with a sentence: %s %s", (...args) => {
    expect(() => programArguments(args)).toThrow(/--/);
  });

  it.each([
    [["--phone", "4915550001=Ana"], "there is no option --phone: there are --port, --page-port, --phones"],
    [["--prot=4000"], "there is no option --prot: there are --port"],
    [["4915550001=Ana"], "4915550001=Ana belongs to no option: there are --port"],
  ])("that there are not are told with those that there are: %j", (args, sentence) => {
    expect(() => programArguments(args)).toThrow(sentence);
  });

  it("are all in the help", () => {
    for (const name of ["--port", "--page-port", "--phones", "--certificate", "--help"]) expect(HELP).toContain(name);
  });
});
