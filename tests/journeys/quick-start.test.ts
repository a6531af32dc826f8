import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeFiles } from "../types/code-blocks.ts";
import { freePort } from "./story/free-port.ts";

const here = dirname(fileURLToPath(import.meta.url));
const guide = join(here, "../../docs/guides/quick-start.md");
const KEY = `k1:${Buffer.alloc(32, 3).toString("base64url")}`;

/** What the guide's script comes to where it cannot go on. */
async function endOf(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const child = spawn(process.execPath, ["try.ts"], { cwd: folder, env: { PATH: process.env.PATH ?? "", ...variables } });
  let output = "";
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const exitCode = await new Promise((resolve) => child.once("close", resolve));
  return { exitCode, output };
}

describe("the quick start", () => {
  let folder: string;
  beforeAll(async () => {
    // below this workspace, so that the packages it names are found
    folder = await mkdtemp(join(here, ".quick-start-"));
    for (const { name, text } of codeFiles(await readFile(guide, "utf8"))) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("takes whoever follows it to a first received message", async () => {
    const environment = {
      PATH: process.env.PATH ?? "",
      PORT: String(await freePort()),
      WADESK_ENCRYPTION_KEYS: KEY,
    };
    const child = spawn(process.execPath, ["try.ts"], { cwd: folder, env: environment });
    let output = "";
    const received = new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes("press Ctrl+C")) resolve();
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("close", () => reject(new Error(`it ended before a message came in:\n${output}`)));
    });
    await received.finally(() => child.kill());
    expect(output).toMatch(/Ana: Hello from WhatsApp\n.*Ctrl\+C to end it\n$/);
    expect(output).toContain("label: 'My Shop'");
    expect(output).toContain("state: 'connected'");
  });

  it("answers a connect that is refused, and a body that is no JSON, with the sentence alone", async () => {
    const port = await freePort();
    const meta = { META_APP_ID: "1", META_APP_SECRET: "a".repeat(32), META_VERIFY_TOKEN: "open", META_GRAPH_URL: "http://127.0.0.1:9" };
    const env = { PATH: process.env.PATH ?? "", ...meta, PORT: String(port), DATABASE: ":memory:", WADESK_ENCRYPTION_KEYS: KEY };
    const child = spawn(process.execPath, ["app.ts"], { cwd: folder, env });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("ready") && resolve());
      child.once("close", () => reject(new Error("it ended")));
    });
    const connect = async (body: string) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`http://127.0.0.1:${port}/connect`, { method: "POST", headers, body });
      return { status: answer.status, ...((await answer.json()) as { error: { code?: string; message: string } }) };
    };
    const [refused, broken] = await Promise.all([connect("{}"), connect("{'a")]).finally(() => child.kill());
    expect(refused).toMatchObject({ status: 400, error: { code: "input_invalid", message: expect.stringContaining("phoneNumberId") } });
    expect(broken).toMatchObject({ status: 400, error: { message: expect.stringContaining("JSON") } });
    expect(JSON.stringify([refused, broken])).not.toMatch(/node_modules|\.ts:|<html/);
  });

  it("does not call itself ready where somebody else has the port, and names it", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { exitCode, output } = await endOf(folder, { PORT: String(port), WADESK_ENCRYPTION_KEYS: KEY });
    await new Promise((resolve) => other.close(resolve));
    expect(exitCode).toBe(1);
    expect(output).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
    expect(output).not.toMatch(/^ready$/m);
  });

  it("ends with a clear word when the key was forgotten", async () => {
    const { exitCode, output } = await endOf(folder, {});
    expect(exitCode).toBe(1);
    expect(output).toContain("encryption_key_missing");
    expect(output).toContain("randomBytes(32)");
  });
});
