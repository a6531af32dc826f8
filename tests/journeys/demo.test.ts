import { spawn } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const demo = fileURLToPath(new URL("../../examples/express/demo.ts", import.meta.url));

interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

async function temporaryDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-demo-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "demo.db");
}

function runDemo(environment: Record<string, string>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [demo, "--once"], { env: { PATH: process.env.PATH ?? "", PORT: "0", ...environment } });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output: Buffer.concat(chunks).toString() }));
  });
}

describe("the demo", () => {
  it("shows a message climbing to read, a reply, its answer and a refused forgery, and exits 0", { timeout: 60_000 }, async () => {
    const { exitCode, output } = await runDemo({
      DATABASE: await temporaryDatabase(),
      LOG_EVENTS: "1",
      META_APP_SECRET: "a-secret-of-this-test",
    });
    expect(output).toMatch(/✓ sent[\s\S]*✓ delivered[\s\S]*✓ read[\s\S]*Yes please![\s\S]*refused: 401 signature_invalid/);
    expect(exitCode).toBe(0);
    const events = output.split("\n").filter((line) => line.startsWith("{"));
    expect(events.map((line) => (JSON.parse(line) as { readonly type: string }).type)).toContain("message.received");
    expect(output).not.toContain("a-secret-of-this-test");
  });

  it("finds what its last run connected, connects what is new, and tells the whole story each time", { timeout: 120_000 }, async () => {
    const DATABASE = await temporaryDatabase();
    const first = await runDemo({ DATABASE });
    expect(first.output).not.toContain("since your last run");
    expect((await stat(`${DATABASE}.key`)).mode & 0o777).toBe(0o600);
    const second = await runDemo({ DATABASE });
    expect(second.output.match(/✓ connected since your last run\n {3}Demo Shop, (\S+): connected/g)).toHaveLength(2);
    expect(second.output).toContain(`WADESK_ENCRYPTION_KEYS is not set: the key of this development run is kept in ${DATABASE}.key`);
    const other = await runDemo({ DATABASE, META_APP_SECRET: "s3cret", META_PHONE_NUMBER_ID: "106540352242922" });
    expect(other.output.match(/since your last run/g)).toHaveLength(1);
    for (const { exitCode, output } of [first, second, other]) {
      expect(output).toContain("All of it was seen.");
      expect(exitCode).toBe(0);
    }
  });

  it("exits non-zero and says why when something was not seen", { timeout: 60_000 }, async () => {
    const { exitCode, output } = await runDemo({ DATABASE: await temporaryDatabase(), META_PHONE_NUMBER_ID: "not-an-id" });
    expect(output).toContain("Phone Number ID");
    expect(output).toContain("The demo failed");
    expect(exitCode).toBe(1);
  });

  it("names the variable that is wrong", { timeout: 60_000 }, async () => {
    const { exitCode, output } = await runDemo({ DATABASE: await temporaryDatabase(), PORT: "http" });
    expect(output).toContain("PORT must be a number");
    expect(exitCode).toBe(1);
  });
});
