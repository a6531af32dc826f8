import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { createWadesk, isWadeskError } from "@wadesk/core";
import { unofficial } from "@wadesk/unofficial";
import { AMPLE_PACE } from "../../journeys/world/ample-pace.ts";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import type { PhoneKeeperNews, PhoneKeeperOrder, PhoneKeeperPlan } from "./phone-keeper-words.ts";
import { openStorage } from "./plan.ts";
import { trustRoot } from "./trust-root.ts";

// a process that keeps phones linked; it does what each line it reads orders, and tells what happens, a line for each

process.stdin.once("end", () => process.exit(1));

const { database, webSocketUrl, rootKey } = JSON.parse(process.env.HOST_PLAN ?? "") as PhoneKeeperPlan;
trustRoot(rootKey);
// at once, so that a death right after it takes nothing back
const tell = (news: PhoneKeeperNews): void => void writeSync(1, `${JSON.stringify(news)}\n`);
const wadesk = createWadesk({
  channels: [unofficial({ webSocketUrl, ...AMPLE_PACE })],
  storage: openStorage(database),
  encryptionKeys: ENCRYPTION_KEYS,
  random: () => 0,
});
const acme = wadesk.workspace("acme");
wadesk.process("message.received", ({ data: { content } }) => {
  if (content.kind === "text") tell({ news: "received", words: content.text });
});
wadesk.on("connection.changed", ({ connection: { status } }) =>
  tell({ news: "status", status: "reason" in status ? `${status.state} · ${status.reason}` : status.state }),
);

async function link(phone: string): Promise<void> {
  const linking = acme.connect("unofficial", { phone });
  for await (const step of linking) if (step.type === "qr") tell({ news: "qr", text: step.text });
  tell({ news: "linked", id: (await linking).id });
}

async function obey(order: PhoneKeeperOrder): Promise<void> {
  if (order.order === "link") return link(order.phone);
  if (order.order === "send") {
    await acme.send({ to: order.to, content: { kind: "text", text: order.words } });
    return tell({ news: "sent", words: order.words });
  }
  await wadesk.stop();
  tell({ news: "stopped" });
}

await wadesk.start();
tell({ news: "ready" });
for await (const line of createInterface(process.stdin)) {
  const order = JSON.parse(line) as PhoneKeeperOrder;
  void obey(order).catch((error: unknown) => {
    tell({ news: "refused", order, code: isWadeskError(error) ? error.code : String(error) });
  });
}
