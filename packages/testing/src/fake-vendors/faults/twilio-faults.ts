import type { TwilioFault } from "../../fakes/twilio/faults.ts";
import type { FaultTable } from "./fault-choices.ts";

const NOWHERE = "http://127.0.0.1:9/moved";

/** What can go wrong at Twilio. */
export const TWILIO_FAULTS: FaultTable<TwilioFault> = {
  credentials_rejected: [["The Auth Token is refused (20003)", { kind: "credentials_rejected" }]],
  rate_limited: [["Too many calls (20429)", { kind: "rate_limited" }]],
  refused: [["Twilio refuses the number (21211)", { kind: "refused", code: 21211 }]],
  connection_dropped: [["The connection breaks before the call is accepted", { kind: "connection_dropped" }]],
  answer_lost: [["The call is accepted, and its answer lost", { kind: "answer_lost" }]],
  server_error: [
    ["Twilio fails (500)", { kind: "server_error" }],
    ["Twilio fails with a page (503)", { kind: "server_error", status: 503, envelope: false }],
  ],
  slow_answer: [["The answer takes ten seconds", { kind: "slow_answer", byMs: 10_000 }]],
  failed_status: [
    ["A message fails: not on WhatsApp (63024)", { kind: "failed_status", code: 63024 }],
    ["A message fails: 24 hours are over (63016)", { kind: "failed_status", code: 63016 }],
  ],
  status_before_answer: [["Statuses overtake the answer", { kind: "status_before_answer" }]],
  webhooks_held: [["Webhooks are off", { kind: "webhooks_held" }]],
  webhooks_duplicated: [["A webhook comes twice", { kind: "webhooks_duplicated" }]],
  webhooks_reordered: [["Two webhooks come last first", { kind: "webhooks_reordered" }]],
  link_expired: [["The link to a file has ended", { kind: "link_expired" }]],
  file_moved: [["A file has moved to where nothing is", { kind: "file_moved", location: NOWHERE }]],
  file_spoiled: [["A byte of a file is wrong", { kind: "file_spoiled" }]],
  file_cut: [["A file breaks off after 100 bytes", { kind: "file_cut", afterBytes: 100 }]],
};
