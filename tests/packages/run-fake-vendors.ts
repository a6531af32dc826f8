import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseEnv } from "node:util";

const PORTS = ["--port", "--meta-port", "--twilio-port", "--whatsapp-port", "--phones-port"].flatMap((name) => [name, "0"]);

/**
 * Starts `fake-vendors` as npm has put it into a project, asks the Meta and the Twilio that it names, and presses Ctrl+C. Rejects with all that it printed when
 * it does not run, when either does not know what was printed of it, or when it does not end with 0.
 */
export async function runFakeVendors(project: string): Promise<void> {
  const name = process.platform === "win32" ? "fake-vendors.cmd" : "fake-vendors";
  const child = spawn(join(project, "node_modules", ".bin", name), PORTS, { cwd: project, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close") as Promise<[number | null]>;
  let printed = "";
  const said = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
        // its last part; Meta and Twilio stand before it
        if (printed.includes("# WhatsApp Web")) resolve();
      });
    ended.then(() => reject(new Error("it ended")), reject);
  });
  try {
    await said;
    const told = parseEnv(printed);
    const bearer = { authorization: `Bearer ${told.META_ACCESS_TOKEN}` };
    await refuseOther(
      await fetch(`${told.META_GRAPH_URL}/v23.0/${told.META_PHONE_NUMBER_ID}`, { headers: bearer }),
      told.META_PHONE_NUMBER_ID,
    );
    const basic = Buffer.from(`${told.TWILIO_ACCOUNT_SID}:${told.TWILIO_AUTH_TOKEN}`).toString("base64");
    const account = `${told.TWILIO_API_URL}/2010-04-01/Accounts/${told.TWILIO_ACCOUNT_SID}.json`;
    await refuseOther(await fetch(account, { headers: { authorization: `Basic ${basic}` } }), told.TWILIO_ACCOUNT_SID);
    child.kill("SIGINT");
    const [code] = await ended;
    if (code !== 0) throw new Error(`Ctrl+C ended it with ${code}`);
  } catch (error) {
    throw new Error(`fake-vendors: ${error instanceof Error ? error.message : String(error)}\n${printed}`, { cause: error });
  } finally {
    child.kill("SIGKILL");
  }
}

async function refuseOther(answer: Response, id: string | undefined): Promise<void> {
  const text = await answer.text();
  if (!answer.ok || id === undefined || !text.includes(id)) throw new Error(`${answer.url} answered ${answer.status}: ${text}`);
}
