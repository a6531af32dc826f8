import type { WhatsAppWebFault } from "../../whatsapp-web/server/faults.ts";
import type { FaultTable } from "./fault-choices.ts";

/** What can go wrong on WhatsApp Web. */
export const WHATSAPP_FAULTS: FaultTable<WhatsAppWebFault> = {
  login_refused: [["A login meets a server that fails (503)", { kind: "login_refused", code: 503 }]],
  resume_refused: [["A login shakes hands from the start", { kind: "resume_refused" }]],
  request_unanswered: [["A request is never answered", { kind: "request_unanswered" }]],
  request_refused: [["A request is refused (500)", { kind: "request_refused", code: 500 }]],
  message_refused: [
    ["A message is refused (463)", { kind: "message_refused", code: 463 }],
    ["A message is refused (479)", { kind: "message_refused", code: 479 }],
  ],
  message_unacknowledged: [["A message is not acknowledged", { kind: "message_unacknowledged" }]],
  ack_marked: [["An ack names another list of devices", { kind: "ack_marked", attributes: { phash: "2:AAAAAAAA" } }]],
  message_repeated: [["A person's phone gets a message twice", { kind: "message_repeated" }]],
  message_changed: [["A person's phone cannot read a message", { kind: "message_changed" }]],
  stanza_doubled: [["A message comes twice", { kind: "stanza_doubled", operation: "message" }]],
  stanzas_swapped: [["Two messages come last first", { kind: "stanzas_swapped", operation: "message" }]],
  queue_cut: [["What has waited breaks off after one message", { kind: "queue_cut", after: 1 }]],
  client_ended: [["The application is thrown out as it sends", { kind: "client_ended", operation: "message", how: "stream" }]],
  upload_refused: [["An upload is refused (500)", { kind: "upload_refused", code: 500 }]],
  download_refused: [["A download is refused (500)", { kind: "download_refused", code: 500 }]],
};
