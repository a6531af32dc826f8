import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage, type Signup, type SignupAnswer, type SignupAttempt, type Storage, type Wadesk } from "@wadesk/core";
import { createFakeMeta, type FakeApp, type FakeMeta, type LogLine, type ManualClock, manualClock, recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { ENCRYPTION_KEYS, VERIFY_TOKEN } from "./open-world.ts";

export { VERIFY_TOKEN };

/** Where Meta calls. */
export const WEBHOOK_ADDRESS = "https://chat.example.com/webhooks/whatsapp/inbound";

/** Where the dialog comes back to. */
export const RETURN_ADDRESS = "https://chat.example.com/connect/wa-store/waba";

/** A host whose tenants connect by Meta's dialog, and a person in front of it. */
export interface SignupWorld {
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly time: ManualClock;
  readonly storage: Storage;
  readonly lines: LogLine[];
  /** Another process of the same host. */
  readonly process: () => Wadesk<CloudApiChannel>;
  readonly wadesk: Wadesk<CloudApiChannel>;
  readonly signup: (wadesk?: Wadesk<CloudApiChannel>, workspaceId?: string, userId?: string) => Signup;
  /** What a person does in the dialog, opened by an address: lets the app use these accounts, or says no. Answers where Meta sends the browser. */
  readonly press: (url: string, wabaIds: readonly string[] | "cancel") => Promise<URL>;

  /** Whether the host answers when Meta calls; it does at first. */
  readonly answersChallenges: (answers: boolean) => void;
  /** Answers whatever is asked as a person would, until nothing is. */
  readonly answerAll: (attempt: SignupAttempt, wadesk?: Wadesk<CloudApiChannel>) => Promise<SignupAttempt>;
}

/** How it is opened. */
export interface SignupWorldOptions {
  readonly graphVersion?: string;
  readonly overrideCallback?: boolean;
  /** Undefined where the host has set none. */
  readonly publicUrl?: string | undefined;
  readonly verifyToken?: string | undefined;
  /** Stands between WaDesk and its storage, to see what goes there. */
  readonly watch?: (storage: Storage) => Storage;
  /** Whether the dialog's tokens name no account. */
  readonly unnamedAccounts?: boolean;
}

/** Opens one. Its fake is to be closed. */
export function openSignup({ unnamedAccounts = false, watch = (unwatched) => unwatched, ...given }: SignupWorldOptions = {}): SignupWorld {
  const { publicUrl, ...options } = { publicUrl: "https://chat.example.com", verifyToken: VERIFY_TOKEN, ...given };
  const time = manualClock();
  let answering = true;
  const called = async (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
    answering ? webhooks(new Request(input, init)) : new Response(null, { status: 403 });
  const meta = createFakeMeta({ clock: time.clock, fetch: called });
  const app = meta.addApp();
  const { id: configId } = app.addConfiguration({
    redirectUris: [RETURN_ADDRESS],
    domains: ["https://chat.example.com"],
    tokenLifeMs: 60 * 86_400_000,
    unnamedAccounts,
  });
  const storage = watch(memoryStorage({ now: time.now }));
  const { log, lines } = recordingLogger();
  const open = (): Wadesk<CloudApiChannel> =>
    createWadesk({
      channels: [cloudApi({ appId: app.id, appSecret: app.secret, configId, retryDelayMs: 0, ...options })],
      storage,
      encryptionKeys: ENCRYPTION_KEYS,
      ...(publicUrl !== undefined && { publicUrl }),
      fetch: (input, init) => meta.fetch(new Request(input, init)),
      clock: time.clock,
      log,
    });
  const wadesk = open();
  const webhooks = createWebhookHandler(wadesk);
  const signup: SignupWorld["signup"] = (of = wadesk, workspaceId = "acme", userId = "ana") =>
    of.workspace(workspaceId).signup("cloud-api", { userId });
  return {
    meta,
    app,
    time,
    storage,
    lines,
    wadesk,
    process: open,
    signup,
    answersChallenges: (answers) => {
      answering = answers;
    },
    async press(url, chosen) {
      const form = new URLSearchParams(
        chosen === "cancel" ? [["act", "cancel"]] : [["act", "accept"], ...chosen.map((id) => ["wabaId", id])],
      );
      const answer = await meta.fetch(new Request(url, { method: "POST", body: form.toString() }));
      return new URL(answer.headers.get("location") ?? "about:blank");
    },
    async answerAll(begun, of) {
      let attempt = begun;
      while (attempt.question !== undefined) attempt = await signup(of).resume(attempt.id, answerTo(meta, attempt.question));
      return attempt;
    },
  };
}

/** What the usual person answers: every number that is offered, the PIN 123456, and the code that came. */
export function answerTo(meta: FakeMeta, question: NonNullable<SignupAttempt["question"]>): SignupAnswer {
  if (question.type === "choose_numbers") return { type: "choose_numbers", numbers: question.numbers.map(({ id }) => id) };
  if (question.type === "pin") return { type: "pin", pin: "123456" };
  return { type: "verification_code", code: meta.codeSentTo(question.number.id) ?? "123456" };
}
