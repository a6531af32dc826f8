import { randomUUID } from "node:crypto";
import { createFakeMeta } from "../../fakes/meta/create-fake-meta.ts";
import type { FakeContact } from "../../fakes/meta/fake-meta.ts";
import type { OperationName } from "../../fakes/meta/graph/operation.ts";
import { type Fields, isFields } from "../../fakes/meta/graph/rules.ts";
import type { SentMessage } from "../../fakes/meta/state.ts";
import { faultChoices, stateChoice } from "../faults/fault-choices.ts";
import { META_FAULTS } from "../faults/meta-faults.ts";
import { handStatuses } from "./hand-statuses.ts";
import { holderOf } from "./people.ts";
import type { FaultChoice, Vendor } from "./vendor.ts";

/** What Meta alone has: the dashboard's settings of an app. */
export interface MetaVendor extends Vendor {
  readonly url: string;
  /** "Verify and save" in the dashboard. Rejects with Meta's sentence where the application does not echo the challenge. */
  verify(): Promise<void>;
  /** Subscribes the app to the account, as a connect does. */
  subscribe(): Promise<void>;
}

const VERIFY_TOKEN = "fake-verify-token";
const SENDING: OperationName = "POST /{Phone-Number-ID}/messages";

/** A Meta with one app, one account and one number; from one seed the ids and secrets are the same. Rejects where the port is taken. */
export async function openMeta(options: { readonly port: number; readonly webhooks: string; readonly seed: string }): Promise<MetaVendor> {
  let furnished = false;
  const fake = createFakeMeta({ randomId: () => (furnished ? randomUUID() : options.seed) });
  const app = fake.addApp({ name: "Fake app" });
  const { id: wabaId } = fake.addWaba({ name: "Fake Shop" });
  const number = fake.addNumber({ wabaId, display: "+1 555-010-0001", verifiedName: "Fake Shop" });
  const accessToken = fake.addToken({ appId: app.id, wabaIds: [wabaId] });
  // messages are new with each start
  furnished = true;
  const { url } = await fake.listen({ port: options.port });
  const people = new Map<string, FakeContact>();
  const ban = (waba_ban_state: string): void =>
    fake.notify(wabaId, "account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state } });
  const refusing = (id: string, label: string, enter: () => void, leave: () => void): FaultChoice => {
    const refused = { kind: "refused", code: 131031, operation: SENDING, times: Number.POSITIVE_INFINITY } as const;
    let refusal = { end: (): void => undefined };
    return stateChoice(
      id,
      label,
      () => {
        enter();
        refusal = fake.fault(refused);
      },
      () => {
        refusal.end();
        leave();
      },
    );
  };
  return {
    name: "meta",
    url,
    variables: [
      ["META_GRAPH_URL", url],
      ["META_APP_ID", app.id],
      ["META_APP_SECRET", app.secret],
      ["META_VERIFY_TOKEN", VERIFY_TOKEN],
      ["META_PHONE_NUMBER_ID", number.id],
      ["META_WABA_ID", wabaId],
      ["META_ACCESS_TOKEN", accessToken],
    ],
    faults: [
      ...faultChoices(META_FAULTS, fake.fault),
      refusing("number_banned", "The number is banned", ...numberStates(fake.changeNumber, number.id)),
      refusing(
        "account_suspended",
        "The account is suspended",
        () => ban("DISABLE"),
        () => ban("REINSTATE"),
      ),
    ],
    addPerson: (person) => people.set(person.phone, fake.addContact(person)),
    write: (phone, text) => holderOf(people, phone).send(number.id, { type: "text", text: { body: text } }),
    setAtOnce: (phone, isAtOnce) => holderOf(people, phone).change({ reachable: isAtOnce }),
    sent: () =>
      fake.sent.map((message) => ({
        id: message.id,
        to: message.to.waId === undefined ? (message.to.userId ?? "") : `+${message.to.waId}`,
        ...contentOf(message),
        status: message.status,
        ...codeOf(message),
        at: message.acceptedAt,
        next: handStatuses(message.status),
      })),
    deliveries: () =>
      fake.deliveries.map(({ url: to, body, signature, attempt, status, at }) => ({
        url: to,
        about: aboutOf(body),
        isSigned: signature !== "",
        attempt,
        status,
        at,
      })),
    setStatus: fake.setMessageStatus,
    verify: () => app.setWebhook({ url: options.webhooks, verifyToken: VERIFY_TOKEN }),
    subscribe: async () => {
      const asked = { method: "POST", headers: { authorization: `Bearer ${accessToken}` } };
      const { ok, status } = await fake.fetch(new Request(`${url}/v23.0/${wabaId}/subscribed_apps`, asked));
      if (!ok) throw new Error(`Meta refused to subscribe the app, with ${status}: a fault that waits has struck`);
    },
    close: fake.close,
  };
}

function numberStates(change: (id: string, fields: Fields) => void, id: string): readonly [enter: () => void, leave: () => void] {
  return [() => change(id, { status: "BANNED" }), () => change(id, { status: "CONNECTED" })];
}

function contentOf({ payload }: SentMessage): { readonly kind: string; readonly text: string } {
  const kind = String(payload.type ?? "text");
  const content = isFields(payload[kind]) ? payload[kind] : {};
  const body = isFields(content.body) ? content.body.text : content.body;
  const text = body ?? content.caption ?? content.name ?? content.emoji;
  return { kind, text: typeof text === "string" ? text : "" };
}

function codeOf({ statuses }: SentMessage): { readonly code?: number } {
  const code = statuses.at(-1)?.code;
  return code === undefined ? {} : { code };
}

interface Told {
  readonly entry?: readonly {
    readonly changes?: readonly {
      readonly field?: string;
      readonly value?: {
        readonly messages?: readonly { readonly type?: string; readonly text?: { readonly body?: string } }[];
        readonly statuses?: readonly { readonly status?: string }[];
        readonly event?: string;
      };
    }[];
  }[];
}

function aboutOf(body: string): string {
  const changes = ((JSON.parse(body) as Told).entry ?? []).flatMap((entry) => entry.changes ?? []);
  return changes
    .flatMap(({ field, value }) => {
      const messages = (value?.messages ?? []).map(
        ({ type, text }) => `${type ?? "message"}${text?.body === undefined ? "" : `: ${text.body}`}`,
      );
      const statuses = (value?.statuses ?? []).map(({ status }) => `status: ${status}`);
      const told = [...messages, ...statuses];
      return told.length > 0 ? told : [[field, value?.event].filter(Boolean).join(": ")];
    })
    .join(", ");
}
