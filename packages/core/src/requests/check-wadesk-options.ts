import type { InboxOptions, UpkeepOptions, WadeskOptions } from "../api/options.ts";
import type { FieldIssue } from "../errors/wadesk-error.ts";
import { type FieldKinds, fieldIssues, isObject, under } from "../fields/check-fields.ts";
import { invalid, issueOf } from "../fields/invalid.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { Logger } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { Clock } from "../time/clock.ts";

const OPTIONS: FieldKinds<WadeskOptions<readonly AnyChannel[]>> = {
  channels: "list",
  storage: "any",
  encryptionKeys: "text",
  publicUrl: "text",
  activeChannel: "text",
  inbox: "object",
  upkeep: "object",
  clock: "any",
  log: "any",
  fetch: "function",
  lookup: "function",
  randomId: "function",
  random: "function",
};
const INBOX: FieldKinds<InboxOptions> = {
  concurrency: "number",
  leaseMs: "number",
  retentionMs: "number",
  pollMs: "number",
  storeWithinMs: "number",
  answerWithinMs: "number",
  handleWithinMs: "number",
  maxAttempts: "number",
  firstDelayMs: "number",
  longestDelayMs: "number",
};
const UPKEEP: FieldKinds<UpkeepOptions> = { checkEveryMs: "number or false", keepDeadLettersMs: "number", keepMessagesMs: "number" };
const STORES: readonly (keyof Storage)[] = ["connections", "messages", "inbox", "records", "leases", "sessions"];
const CLOCK: readonly (keyof Clock)[] = ["now", "after"];
const LOG: readonly (keyof Logger)[] = ["debug", "info", "warn", "error"];

/** Refuses what `createWadesk` cannot work with, or does not know, with `configuration_invalid` naming each option. */
export function checkWadeskOptions(options: unknown): void {
  const issues = fieldIssues(options, OPTIONS, "an option");
  if (isObject(options)) {
    const { channels, storage, inbox, upkeep, clock, log } = options as { readonly [Name in keyof typeof OPTIONS]?: unknown };
    issues.push(
      ...(Array.isArray(channels) ? channels.flatMap(channelIssues) : []),
      ...(storage === undefined ? [] : storageIssues(storage)),
      ...(isObject(inbox) ? under("inbox", fieldIssues(inbox, INBOX, "an option")) : []),
      ...(isObject(upkeep) ? under("upkeep", fieldIssues(upkeep, UPKEEP, "an option")) : []),
      ...(clock === undefined ? [] : lacking("clock", clock, CLOCK)),
      ...(log === undefined ? [] : lacking("log", log, LOG)),
    );
  }
  if (issues.length > 0) throw invalid(issues, "configuration_invalid");
}

function channelIssues(channel: unknown, index: number): readonly FieldIssue[] {
  const field = `channels.${index}`;
  if (!isObject(channel) || !("kind" in channel))
    return [issueOf(field, "wrong_type", `is no channel${callOf(channel, "cloudApi()")}`, { expected: "channel" })];
  if ("spec" in channel && channel.spec === "v1") return [];
  return [issueOf(field, "unusable", `${String(channel.kind)} is made for another version of @wadesk/core; update both`)];
}

function storageIssues(storage: unknown): readonly FieldIssue[] {
  const field = "storage";
  if (!isObject(storage)) {
    const remedy = typeof storage === "string" ? "; give the text to one, e.g. sqliteStorage(path)" : callOf(storage, "memoryStorage()");
    return [issueOf(field, "wrong_type", `is no storage${remedy}`, { expected: "storage" })];
  }
  if ("then" in storage) return [issueOf(field, "wrong_type", "is a promise; await it first", { expected: "storage" })];
  const [missing] = STORES.filter((name) => !isObject(Reflect.get(storage, name)));
  return missing === undefined ? [] : [issueOf(field, "wrong_type", `is no storage: it has no ${missing}`, { expected: "storage" })];
}

// the commonest slip: what makes it is handed over in its place
function callOf(value: unknown, example: string): string {
  if (typeof value !== "function") return "";
  // channels are made by functions that say so in their own names
  const name = value.name.replace(/^make(?=[A-Z])/, "");
  return `; call it: ${name === "" ? example : `${name.charAt(0).toLowerCase()}${name.slice(1)}()`}`;
}

function lacking(field: string, value: unknown, names: readonly string[]): readonly FieldIssue[] {
  // a logger may be a class of its own, and a clock a function with fields
  const holder = (typeof value === "object" && value !== null) || typeof value === "function" ? value : {};
  if (names.every((name) => typeof Reflect.get(holder, name) === "function")) return [];
  return [
    issueOf(field, "wrong_type", `must have the functions ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`, { expected: field }),
  ];
}
