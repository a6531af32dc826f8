import { createWhatsAppWeb, type LinkedClient, type Phone } from "@wadesk/testing/whatsapp-web";
import { dialogue } from "./dialogue.ts";
import { numberOf, type ServerPlace, type ServerTask } from "./plan.ts";

// the WhatsApp Web server of the race, in a process of its own; it ends with the process that started it

process.once("disconnect", () => process.exit());

const CONTACT = "15559000000";
// plain Baileys asks for one token again and again, which real ones do too
const web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
const bob = web.addPhone({ number: CONTACT, name: "Bob" });
const phones: Phone[] = [];
const members = { on: [] as Phone[], off: [] as Phone[] };

function at(place: number): Phone {
  const phone = phones[place];
  if (phone === undefined) throw new Error(`there is no phone ${place}`);
  return phone;
}
const connectedAt = (place: number): LinkedClient | undefined => at(place).clients.find(({ isConnected }) => isConnected);

function membersOf(count: number, answer: boolean): readonly Phone[] {
  const all = answer ? members.on : members.off;
  while (all.length < count) {
    const member = web.addPhone({ number: String(15_560_000_000 + members.on.length + members.off.length) });
    if (!answer) member.goOffline();
    all.push(member);
  }
  return all.slice(0, count);
}

async function perform(task: ServerTask | "ready"): Promise<unknown> {
  if (task === "ready") return undefined;
  switch (task.kind) {
    case "phones":
      for (let index = 0; index < task.count; index += 1) {
        const phone = web.addPhone({ number: numberOf(phones.length) });
        phone.planHistory({ type: "initial", progress: 100, isInline: true });
        phones.push(phone);
      }
      return { url: web.url, rootKey: web.rootKey, contact: CONTACT } satisfies ServerPlace;
    case "scan":
      await at(task.phone).scan(task.qr);
      return undefined;
    case "connected":
      return task.phones.filter((phone) => connectedAt(phone) !== undefined).length;
    case "cut":
      for (const phone of task.phones) connectedAt(phone)?.drop();
      return undefined;
    case "groups": {
      const others = membersOf(task.others, task.answer);
      return task.phones.map((phone) => bob.createGroup({ subject: "Team", members: [at(phone), ...others], addressing: "lid" }).jid);
    }
    case "write":
      if (task.groups !== undefined) {
        for (let index = 0; index < task.count; index += 1) for (const group of task.groups) bob.send(web.group(group), `message ${index}`);
        return undefined;
      }
      for (let index = 0; index < task.count; index += 1) for (const phone of task.phones) bob.send(at(phone), `message ${index}`);
      return undefined;
    case "cpu": {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    }
    case "end":
      return web.close();
  }
}

dialogue(process as never, perform);
