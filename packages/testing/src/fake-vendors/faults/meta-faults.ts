import type { MetaFault } from "../../fakes/meta/faults.ts";
import type { FaultTable } from "./fault-choices.ts";

const NOWHERE = "http://127.0.0.1:9/moved";

/** What can go wrong at Meta. */
export const META_FAULTS: FaultTable<MetaFault> = {
  expired_token: [["The token has expired (190)", { kind: "expired_token" }]],
  missing_scope: [["The token lacks a scope (10)", { kind: "missing_scope" }]],
  rate_limited: [["Too many calls (80007, wait a minute)", { kind: "rate_limited", waitMs: 60_000 }]],
  refused: [
    ["Too many messages to one person (131056)", { kind: "refused", code: 131056 }],
    ["The account is locked (131031)", { kind: "refused", code: 131031 }],
  ],
  connection_dropped: [["The connection breaks before the call is accepted", { kind: "connection_dropped" }]],
  answer_lost: [["The call is accepted, and its answer lost", { kind: "answer_lost" }]],
  server_error: [
    ["Meta fails (500)", { kind: "server_error" }],
    ["Meta fails with a page (503)", { kind: "server_error", status: 503, envelope: false }],
  ],
  slow_answer: [["The answer takes ten seconds", { kind: "slow_answer", byMs: 10_000 }]],
  failed_status: [
    ["A message fails: not on WhatsApp (131026)", { kind: "failed_status", code: 131026 }],
    ["A message fails: 24 hours are over (131047)", { kind: "failed_status", code: 131047 }],
  ],
  status_before_answer: [["Statuses overtake the answer", { kind: "status_before_answer" }]],
  webhooks_held: [["Webhooks are off", { kind: "webhooks_held" }]],
  webhooks_duplicated: [["A webhook comes twice", { kind: "webhooks_duplicated" }]],
  webhooks_reordered: [["Two webhooks come last first", { kind: "webhooks_reordered" }]],
  webhooks_batched: [["Two webhooks come as one", { kind: "webhooks_batched" }]],
  link_expired: [["The link to a file has ended", { kind: "link_expired" }]],
  file_moved: [["A file has moved to where nothing is", { kind: "file_moved", location: NOWHERE }]],
  file_spoiled: [["A byte of a file is wrong", { kind: "file_spoiled" }]],
  file_cut: [["A file breaks off after 100 bytes", { kind: "file_cut", afterBytes: 100 }]],
  file_size: [["Meta says a file has another size", { kind: "file_size", bytes: 1 }]],
};
