import { createInterface } from "node:readline";
import { createWadesk, isWadeskError, type SignupAnswer } from "@wadesk/core";
import { systemClock } from "@wadesk/core/ports";
import { echoVendor } from "../../../packages/core/src/testing/echo-channel.ts";
import { ENCRYPTION_KEYS } from "../world/app.ts";
import { type DatabasePlan, openStorage } from "./plan.ts";

// a process in which people sign up; it takes each step it reads, one after the other or at once, and prints what came of it and what the vendor was asked

process.stdin.once("end", () => process.exit(1));

/** What such a process is told. */
export interface SignerPlan {
  readonly database: DatabasePlan;
  /** How many milliseconds its clock is ahead. */
  readonly aheadMs?: number;
  /** The vendor never answers once it has subscribed this number; the process says so. */
  readonly standsAt?: string;
}

/** One step of a signup. */
export type SignerStep =
  | { readonly step: "begin"; readonly workspace: string }
  | { readonly step: "finish"; readonly workspace: string; readonly state: string; readonly code: string }
  | { readonly step: "resume"; readonly workspace: string; readonly id: string; readonly answer?: SignupAnswer }
  | { readonly step: "calls" };

const { database, aheadMs = 0, standsAt } = JSON.parse(process.env.HOST_PLAN ?? "") as SignerPlan;
const now = (): number => systemClock.now() + aheadMs;
const vendor = echoVendor();
const wadesk = createWadesk({
  channels: [vendor.channel],
  encryptionKeys: ENCRYPTION_KEYS,
  storage: openStorage(database, now),
  clock: { ...systemClock, now },
});
vendor.onSubscribed = () => {
  if (standsAt === undefined || vendor.calls.at(-1) !== `subscribe ${standsAt}`) return Promise.resolve();
  console.log(JSON.stringify({ standsAt }));
  return new Promise(() => {});
};

async function take(step: SignerStep): Promise<unknown> {
  if (step.step === "calls") return vendor.calls;
  const signup = wadesk.workspace(step.workspace).signup("echo", { userId: "ana" });
  if (step.step === "begin") return signup.begin();
  return step.step === "finish" ? signup.finish(step.state, step.code) : signup.resume(step.id, step.answer);
}

for await (const line of createInterface(process.stdin)) {
  void take(JSON.parse(line) as SignerStep).then(
    (result) => console.log(JSON.stringify(result)),
    (error: unknown) => console.log(JSON.stringify({ code: isWadeskError(error) ? error.code : String(error) })),
  );
}
