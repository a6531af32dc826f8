import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS } from "../world/open-world.ts";
import { BIN, openProgram, type Program } from "./open-program.ts";

const ANA = "+5511999990000";
const text = (words: string) => ({ kind: "text", text: words }) as const;

/** An application that knows nothing but what was printed, beside the program. */
async function openApp() {
  let handle: Parameters<typeof createServer>[1];
  const server = createServer((incoming, outgoing) => handle?.(incoming, outgoing as never)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const program = await openProgram("--webhooks", `${origin}/webhooks/whatsapp/inbound`);
  const environment: Program["environment"] = { ...program.environment, WADESK_ENCRYPTION_KEYS: ENCRYPTION_KEYS };
  const channels = [cloudApi.fromEnv({}, environment), twilio.fromEnv({}, environment), unofficial.fromEnv({}, environment)] as const;
  const wadesk = createWadesk.fromEnv({ channels }, environment);
  const heard: string[] = [];
  const statuses: string[] = [];
  wadesk.process("message.received", ({ data: { connection, content } }) => {
    if (content.kind === "text") heard.push(`${connection.channel} ${content.text}`);
  });
  wadesk.process("message.status", ({ data }) => void statuses.push(`${data.connection.channel} ${data.standing}`));
  handle = toNode(createWebhookHandler(wadesk));
  await wadesk.start();
  onTestFinished(async () => {
    await wadesk.stop();
    server.closeAllConnections();
    server.close();
  });
  return { program, wadesk, acme: wadesk.workspace("acme"), heard, statuses, environment };
}

const sentBy = async ({ world }: Program, vendor: string) => (await world()).sent.filter((each) => each.vendor === vendor);

describe("the fakes as a program, with an application that was given what it printed", () => {
  it("connect a number of Meta's, carry words both ways, show webhooks and answers, and fail at a click", async () => {
    const { program, acme, heard, statuses, environment } = await openApp();
    await expect.poll(async () => (await program.world()).webhooks.trouble).toBeUndefined();
    await acme.connect("cloud-api", {
      phoneNumberId: environment.META_PHONE_NUMBER_ID ?? "",
      wabaId: environment.META_WABA_ID ?? "",
      accessToken: environment.META_ACCESS_TOKEN ?? "",
    });
    expect(await program.act({ action: "write", vendor: "meta", phone: ANA, text: "Oi, Meta" })).toBeUndefined();
    await expect.poll(() => heard).toEqual(["cloud-api Oi, Meta"]);
    await program.act({ action: "by_hand", phone: ANA, on: "yes" });
    await acme.send({ to: ANA, content: text("Hello") });
    await expect.poll(() => sentBy(program, "meta")).toMatchObject([{ to: ANA, text: "Hello", status: "sent" }]);
    const [message] = await sentBy(program, "meta");
    const status = (value: string) => program.act({ action: "status", vendor: "meta", id: message?.id ?? "", status: value });
    expect(await status("delivered")).toBeUndefined();
    expect(await status("read")).toBeUndefined();
    expect(await status("failed")).toBe("the message is read already: failed never follows");
    await expect.poll(() => statuses).toEqual(["cloud-api sent", "cloud-api delivered", "cloud-api read"]);
    await expect
      .poll(async () => (await program.world()).deliveries.map(({ about, status: answer }) => `${about} ${answer}`))
      .toEqual(["status: read 200", "status: delivered 200", "status: sent 200", "text: Oi, Meta 200"]);
    expect((await program.world()).deliveries.every(({ isSigned }) => isSigned)).toBe(true);

    await program.act({ action: "fault", vendor: "meta", fault: "expired_token" });
    await expect(acme.send({ to: ANA, content: text("Still there?") })).rejects.toMatchObject({ code: "token_expired" });
    const standing = async () =>
      (await program.world()).faults.find(({ vendor, id }) => vendor === "meta" && id === "expired_token")?.standing;
    expect(await standing()).toBe("struck");
  });

  it("connect a sender of Twilio's, with a person who was added", async () => {
    const { program, wadesk, acme, heard, statuses, environment } = await openApp();
    const bob = "+15550007777";
    await wadesk.settings.setActiveChannel("twilio");
    const input = {
      mode: "production",
      from: environment.TWILIO_FROM ?? "",
      accountSid: environment.TWILIO_ACCOUNT_SID ?? "",
      authToken: environment.TWILIO_AUTH_TOKEN ?? "",
    } as const;
    const { id } = await acme.connect("twilio", input);
    expect(await program.act({ action: "person", name: "Bob", phone: "+1 555-000-7777" })).toBeUndefined();
    expect(await program.act({ action: "person", name: "Rob", phone: bob })).toBe(`${bob} is somebody's already`);
    await program.act({ action: "write", vendor: "twilio", phone: bob, text: "Oi, Twilio" });
    await expect.poll(() => heard).toEqual(["twilio Oi, Twilio"]);
    await acme.send({ to: bob, content: text("Hello") });
    await expect.poll(() => statuses.at(-1)).toBe("twilio read");
    expect(await sentBy(program, "twilio")).toMatchObject([{ to: bob, text: "Hello", status: "read", next: [] }]);
    await program.act({ action: "fault", vendor: "twilio", fault: "account_suspended" });
    await expect(acme.send({ to: bob, content: text("Still there?") })).rejects.toMatchObject({ code: "credentials_rejected" });
    await program.act({ action: "end_fault", vendor: "twilio", fault: "account_suspended" });
    await acme.reconnect(id, "twilio", input);
    await acme.send({ to: bob, content: text("Back") });
    await expect.poll(async () => (await sentBy(program, "twilio")).length).toBe(2);
  });

  it.each(["code", "qr"] as const)("link a phone of WhatsApp Web by the %s that the application shows, and ban it", async (method) => {
    const { program, wadesk, acme, heard, environment } = await openApp();
    await wadesk.settings.setActiveChannel("unofficial");
    const linking = acme.connect("unofficial", { phone: environment.WHATSAPP_PHONE ?? "", method });
    for await (const step of linking) {
      if (step.type === "code") expect(await program.act({ action: "type", code: step.code })).toBeUndefined();
      if (step.type === "qr") expect(await program.act({ action: "scan", qr: step.text })).toBeUndefined();
    }
    expect((await program.world()).whatsapp?.clients).toEqual([{ id: 1, isConnected: true }]);
    await program.act({ action: "write", vendor: "whatsapp", phone: ANA, text: "Oi, WhatsApp" });
    await expect.poll(() => heard).toEqual(["unofficial Oi, WhatsApp"]);
    await acme.send({ to: ANA, content: text("Hello") });
    await expect.poll(() => sentBy(program, "whatsapp")).toMatchObject([{ to: ANA, text: "Hello", status: "delivered" }]);
    const [message] = await sentBy(program, "whatsapp");
    expect(await program.act({ action: "status", vendor: "whatsapp", id: message?.id ?? "", status: "read" })).toBeUndefined();
    expect(await sentBy(program, "whatsapp")).toMatchObject([{ status: "read", next: [] }]);
    await program.act({ action: "fault", vendor: "whatsapp", fault: "number_locked" });
    await expect.poll(async () => (await acme.list()).items.map(({ status }) => status.state)).toEqual(["failed"]);
  });
});

describe("the program of the fakes", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("ends with %s, and the next start has the same ports and prints the same", async (signal) => {
    const first = await openProgram();
    expect(await first.end(signal)).toBe(0);
    await expect(fetch(first.page)).rejects.toThrow();
    const portOf = (url: string | undefined): string => new URL(url ?? "").port;
    const { META_GRAPH_URL, TWILIO_API_URL, WHATSAPP_WEB_URL } = first.environment;
    const ports = ["--port", portOf(first.page), "--meta-port", portOf(META_GRAPH_URL), "--twilio-port", portOf(TWILIO_API_URL)];
    const second = await openProgram(...ports, "--whatsapp-port", portOf(WHATSAPP_WEB_URL));
    const { WHATSAPP_WEB_ROOT_KEY } = second.environment;
    expect(second.environment).toEqual({ ...first.environment, WHATSAPP_WEB_ROOT_KEY });
  });

  it.each(["--port", "--meta-port", "--twilio-port", "--whatsapp-port", "--phones-port"])(
    "prints no address where the port of %s is taken, and names the option",
    async (option) => {
      const other = createServer().listen(0, "127.0.0.1");
      onTestFinished(() => void other.close());
      await once(other, "listening");
      const port = String((other.address() as AddressInfo).port);
      const rest = ["--port", "--meta-port", "--twilio-port", "--whatsapp-port", "--phones-port"].flatMap((each) =>
        each === option ? [] : [each, "0"],
      );
      const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...rest, option, port], { encoding: "utf8" });
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(
        `fake-vendors: port ${port} is taken: end what has it, perhaps an earlier run of this, or give ${option} another`,
      );
    },
  );

  it("refuses what it does not know with what there is, and tells of itself when asked", () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8" });
    expect(run("--prot", "1")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("there is no option --prot: there are --port, --meta-port"),
    });
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("--webhooks") });
  });
});
