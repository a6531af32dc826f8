import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { openEcho } from "../testing/open-echo.ts";

it("a process without the key of a secret says nothing of the number: its card stays as it is", async () => {
  const { wadesk, vendor, storage, clock } = openEcho();
  const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "t" });
  const encryptionKeys = `k2:${Buffer.alloc(32, 9).toString("base64url")}`;
  const beside = createWadesk({ channels: [vendor.channel], storage, clock, encryptionKeys });
  await expect(beside.workspace("acme").check(id)).rejects.toMatchObject({ code: "encryption_key_unknown" });
  expect((await wadesk.workspace("acme").get(id)).status.state).toBe("connected");
});
