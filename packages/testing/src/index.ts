export {
  type MetaAddress,
  type MetaEntry,
  type MetaMessageOptions,
  type MetaPayload,
  type MetaPerson,
  type MetaStatusOptions,
  metaBatch,
  metaChange,
  metaMessage,
  metaStatus,
  metaText,
} from "./builders/meta-payloads.ts";
export { connectionOf, messageRowOf, type ReceivedTextOptions, receivedText } from "./builders/rows.ts";
export { createFakeMeta } from "./fakes/meta/create-fake-meta.ts";
export { type Exchange, observeExchanges } from "./fakes/meta/exchanges.ts";
export type {
  FakeApp,
  FakeContact,
  FakeMeta,
  FakeMetaOptions,
  NewNumber,
  NewTemplate,
  PersonFile,
} from "./fakes/meta/fake-meta.ts";
export type { CallFault, FaultHandle, MessageFault, MetaFault, WebhookFault } from "./fakes/meta/faults.ts";
export { metaJson } from "./fakes/meta/meta-json.ts";
export { GRAPH_VERSIONS } from "./fakes/meta/routes.ts";
export type { MetaServer } from "./fakes/meta/server.ts";
export type { PersonMessage, ReceivedMessage, SentMessage, SentStatus, TemplateState } from "./fakes/meta/state.ts";
export { META_OPERATIONS, type NodeKind, type OperationDemand, type OperationName } from "./fakes/meta-graph/operation.ts";
export type { Pace } from "./fakes/meta-messages/fate.ts";
export type { Delivery } from "./fakes/meta-webhooks/delivery.ts";
export { WEBHOOK_FIELDS } from "./fakes/meta-world/populate.ts";
export { type ManualClock, manualClock } from "./manual-clock.ts";
export { type LogLine, recordingLogger } from "./recording-logger.ts";
export { signMeta, signTwilio, type TwilioSigning } from "./signing.ts";
