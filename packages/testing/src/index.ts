export {
  type MetaHandoverOptions,
  type MetaStandbyEchoOptions,
  metaHandover,
  metaStandby,
  metaStandbyEcho,
} from "./builders/meta-conversations.ts";
export {
  type MetaAddress,
  type MetaEchoOptions,
  type MetaEntry,
  type MetaMessageOptions,
  type MetaPayload,
  type MetaPerson,
  type MetaStatusOptions,
  metaBatch,
  metaChange,
  metaEcho,
  metaMessage,
  metaStatus,
  metaText,
} from "./builders/meta-payloads.ts";
export { connectionOf, messageRowOf, type ReceivedTextOptions, receivedText } from "./builders/rows.ts";
export {
  type TwilioCallbackOptions,
  type TwilioForm,
  type TwilioInboundOptions,
  type TwilioParties,
  twilioBody,
  twilioCallback,
  twilioInbound,
} from "./builders/twilio-forms.ts";
export { createFakeMeta } from "./fakes/meta/create-fake-meta.ts";
export type {
  FakeApp,
  FakeContact,
  FakeMeta,
  FakeMetaOptions,
  NewNumber,
  NewTemplate,
  PersonFile,
} from "./fakes/meta/fake-meta.ts";
export type { CallFault, DescriptionFault, MessageFault, MetaFault } from "./fakes/meta/faults.ts";
export { GRAPH_VERSIONS } from "./fakes/meta/graph/graph-versions.ts";
export { META_OPERATIONS, type NodeKind, type OperationDemand, type OperationName } from "./fakes/meta/graph/operation.ts";
export type { Pace } from "./fakes/meta/messages/fate.ts";
export { metaJson } from "./fakes/meta/meta-json.ts";
export type { PersonMessage, ReceivedMessage, SentMessage, SentStatus, TemplateState } from "./fakes/meta/state.ts";
export type { Delivery } from "./fakes/meta/webhooks/delivery.ts";
export { WEBHOOK_FIELDS } from "./fakes/meta/world/webhook-fields.ts";
export { type Exchange, observeExchanges } from "./fakes/stage/exchanges.ts";
export type { FaultHandle } from "./fakes/stage/fault-list.ts";
export type { FileFault } from "./fakes/stage/file-faults.ts";
export type { FakeServer } from "./fakes/stage/serve.ts";
export type { WebhookFault } from "./fakes/stage/webhook-shaping.ts";
export { TWILIO_HOSTS, TWILIO_OPERATIONS, type TwilioOperation, type TwilioOperationName } from "./fakes/twilio/api/operation.ts";
export { createFakeTwilio } from "./fakes/twilio/create-fake-twilio.ts";
export type {
  FakeTwilio,
  FakeTwilioOptions,
  NewTwilioContent,
  NewTwilioSender,
  TwilioAccount,
  TwilioContact,
  TwilioSender,
} from "./fakes/twilio/fake-twilio.ts";
export type { TwilioCallFault, TwilioFault, TwilioMessageFault } from "./fakes/twilio/faults.ts";
export type { TwilioPace } from "./fakes/twilio/messages/fate.ts";
export type {
  PersonWrites,
  SenderStatus,
  TwilioAlert,
  TwilioFile,
  TwilioMedia,
  TwilioMessage,
  TwilioStatus,
  TwilioWebhook,
} from "./fakes/twilio/state.ts";
export type { TwilioDelivery } from "./fakes/twilio/webhooks/delivery.ts";
export { SANDBOX_NUMBER } from "./fakes/twilio/world/lines.ts";
export { type ManualClock, manualClock } from "./manual-clock.ts";
export { type LogLine, recordingLogger } from "./recording-logger.ts";
export { signMeta, signTwilio, type TwilioSigning } from "./signing.ts";
