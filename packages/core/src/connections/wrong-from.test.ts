import { expect, it } from "vitest";
import { isWadeskError } from "../errors/wadesk-error.ts";
import { openEcho } from "../testing/open-echo.ts";

const hello = { to: "+4915100000001", content: { kind: "text", text: "hello" } } as const;

async function twoNumbers() {
  const { wadesk, vendor } = openEcho();
  const acme = wadesk.workspace("acme");
  const shop = await acme.connect("echo", { number: "+15550100001", token: "tok-1", label: "Shop" });
  const desk = await acme.connect("echo", { number: "+15550100002", token: "tok-2", label: "Help desk" });
  const refused = async (from: string): Promise<string> => {
    const error = await acme.send({ ...hello, from }).then(undefined, (reason: unknown) => reason);
    if (!isWadeskError(error, "connection_not_found")) throw new Error("it was not refused so", { cause: error });
    return error.message;
  };
  return { wadesk, acme, vendor, shop, desk, refused };
}

it.each(["Help desk", "+15550100002", "+1 555-010-0002", "15550100002"])(
  "a message from %j is refused with the id of the connection that is meant",
  async (from) => {
    const { refused, vendor, desk } = await twoNumbers();
    const message = await refused(from);
    expect(message).toContain("`from` is the id of a connection");
    expect(message).toContain(`"${desk.id}"`);
    expect(vendor.sent).toEqual([]);
  },
);

it("names no id where two connections have the label, or none has it", async () => {
  const { refused, acme, shop, desk } = await twoNumbers();
  await acme.rename(desk.id, "Shop");
  for (const from of ["Shop", "Kitchen", "+15550100009", "con_x"]) {
    const message = await refused(from);
    expect(message).toContain("`from` is the id of a connection, as connect() answered it and list() shows it");
    for (const { id } of [shop, desk]) expect(message).not.toContain(id);
  }
});

it("names no connection of another workspace", async () => {
  const { wadesk, desk } = await twoNumbers();
  const rival = wadesk.workspace("rival");
  await rival.connect("echo", { number: "+15550100003", token: "tok-3" });
  const error = await rival.send({ ...hello, from: "Help desk" }).then(undefined, (reason: unknown) => reason);
  expect(error).toMatchObject({ code: "connection_not_found" });
  expect(String(error)).not.toContain(desk.id);
});

it("is as clear where a message is marked as read", async () => {
  const { acme, desk } = await twoNumbers();
  const marking = acme.markRead({ messageId: "wamid.1", from: "Help desk" });
  await expect(marking).rejects.toMatchObject({ code: "connection_not_found", message: expect.stringContaining(desk.id) });
});
