import { describe, expect, it } from "vitest";
import { VENDORS_HELP, vendorArguments } from "./vendor-arguments.ts";

describe("the arguments of fake-vendors", () => {
  it("have defaults", () => {
    expect(vendorArguments([])).toEqual({
      wantsHelp: false,
      port: 4400,
      ports: { meta: 4401, twilio: 4402, whatsapp: 4403, phones: 4404 },
      webhooks: "http://127.0.0.1:3000/webhooks/whatsapp/inbound",
      certificateFile: undefined,
    });
  });

  it("are all in the help", () => {
    for (const name of [
      "--port",
      "--meta-port",
      "--twilio-port",
      "--whatsapp-port",
      "--phones-port",
      "--webhooks",
      "--certificate",
      "--help",
    ])
      expect(VENDORS_HELP).toContain(name);
  });

  it.each([
    [["--meta-port", "-1"], "--meta-port"],
    [["--port", "70000"], "--port is a number from 0 to 65535"],
    [["--port"], "--port"],
    [["--nonsense=1"], "there is no option --nonsense: there are --port"],
    [["-x"], "there is no option -x"],
    [["webhooks"], "webhooks belongs to no option: there are --port"],
    [["4400"], "4400 belongs to no option: there are --port"],
    [["--webhooks", "https://chat.example.com/webhooks"], "--webhooks is an address of this computer"],
    [["--webhooks", "http://127.0.0.1.example.com/"], "--webhooks is an address of this computer"],
    [["--webhooks", "3000"], "--webhooks is an address of this computer"],
  ])("are refused with a sentence: %j", (args, sentence) => {
    expect(() => vendorArguments(args)).toThrow(sentence);
  });
});
