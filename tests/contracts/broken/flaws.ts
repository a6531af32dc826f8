import { CONNECTION_FLAWS } from "./connection-flaws.ts";
import { CURSOR_FLAWS } from "./cursor-flaws.ts";
import { DEATH_FLAWS } from "./death-flaws.ts";
import type { Flaw } from "./flaw.ts";
import { INBOX_FLAWS } from "./inbox-flaws.ts";
import { LIST_FLAWS } from "./list-flaws.ts";
import { MESSAGE_FLAWS } from "./message-flaws.ts";
import { NAME_FLAWS } from "./name-flaws.ts";
import { NOTICE_FLAWS } from "./notice-flaws.ts";
import { RECORD_FLAWS } from "./record-flaws.ts";
import { RUN_FLAWS } from "./run-flaws.ts";
import { SESSION_FLAWS } from "./session-flaws.ts";
import { TIME_FLAWS } from "./time-flaws.ts";
import { TURN_FLAWS } from "./turn-flaws.ts";
import { UPKEEP_FLAWS } from "./upkeep-flaws.ts";

/** The suite of the storage that keeps every promise. */
export const WHOLE = "whole";

/** Every way in which a storage is broken on purpose. */
export const FLAWS: readonly Flaw[] = [
  ...CONNECTION_FLAWS,
  ...LIST_FLAWS,
  ...NOTICE_FLAWS,
  ...CURSOR_FLAWS,
  ...MESSAGE_FLAWS,
  ...INBOX_FLAWS,
  ...NAME_FLAWS,
  ...TURN_FLAWS,
  ...RUN_FLAWS,
  ...DEATH_FLAWS,
  ...UPKEEP_FLAWS,
  ...RECORD_FLAWS,
  ...SESSION_FLAWS,
  ...TIME_FLAWS,
];
