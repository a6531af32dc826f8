import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const demo = fileURLToPath(new URL("../../examples/express/demo.ts", import.meta.url));

interface Run {
  readonly exitCode: number | null;
  readonly output: string;
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
    const { exitCode, output } = await runDemo({ LOG_EVENTS: "1", META_APP_SECRET: "a-secret-of-this-test" });
    expect(output).toMatch(/✓ sent[\s\S]*✓ delivered[\s\S]*✓ read[\s\S]*Yes please![\s\S]*refused: 401 signature_invalid/);
    expect(exitCode).toBe(0);
    const events = output.split("\n").filter((line) => line.startsWith("{"));
    expect(events.map((line) => (JSON.parse(line) as { readonly type: string }).type)).toContain("message.received");
    expect(output).not.toContain("a-secret-of-this-test");
  });

  it("exits non-zero and says why when something was not seen", { timeout: 60_000 }, async () => {
    const { exitCode, output } = await runDemo({ META_PHONE_NUMBER_ID: "not-an-id" });
    expect(output).toContain("Phone Number ID");
    expect(output).toContain("The demo failed");
    expect(exitCode).toBe(1);
  });

  it("names the variable that is wrong", { timeout: 60_000 }, async () => {
    const { exitCode, output } = await runDemo({ PORT: "http" });
    expect(output).toContain("PORT must be a number");
    expect(exitCode).toBe(1);
  });
});
