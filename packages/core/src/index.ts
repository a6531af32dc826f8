export { DEFAULT_RETRY, type RetryPolicy, retryDelayMs } from "./api/backoff.ts";
export type { InboundPort, InboundSource, PassedOver, Platform } from "./api/inbound-port.ts";
export type { LiveEvents } from "./api/live-events.ts";
export type { DeletedWorkspace, DeleteWorkspaceOptions, ExportedRow } from "./api/operations.ts";
export type { InboxOptions, UpkeepOptions, WadeskOptions } from "./api/options.ts";
export type { SecretChange, SecretMark, Settings, SettingsChange, SettingsView } from "./api/settings.ts";
export type { EventHandler, HandlerAttempt, StopOptions, Wadesk } from "./api/wadesk.ts";
export type { ConnectionList, IntentView, Linking, ListRequest, SendRequest, SentMessage, Workspace } from "./api/workspace.ts";
export { createWadesk } from "./client/create-wadesk.ts";
export { isStorable, storableEvent } from "./encoding/storable.ts";
export { ERROR_TABLE, type ErrorCode, type ErrorRow, type Remedy } from "./errors/error-table.ts";
export {
  type FailureData,
  type FieldIssue,
  isWadeskError,
  type VendorDetail,
  WadeskError,
  type WadeskErrorOptions,
} from "./errors/wadesk-error.ts";
export { checkOptions, type FieldKind, type FieldKinds } from "./fields/check-fields.ts";
export { memoryStorage } from "./memory/memory-storage.ts";
export type { Connection } from "./model/connection.ts";
export { type Contact, contactKey, phoneKey } from "./model/contact.ts";
export type {
  ButtonReplyContent,
  ButtonsContent,
  ContactCard,
  ContactsContent,
  Content,
  CtaUrlContent,
  FlowReplyContent,
  InboundContent,
  InteractiveHeader,
  ListContent,
  ListReplyContent,
  LocationContent,
  MediaContent,
  MediaFile,
  MediaReference,
  OrderContent,
  OutboundContent,
  OutboundKind,
  ReactionContent,
  TemplateButton,
  TemplateContent,
  TemplateParameter,
  TextContent,
  UnknownContent,
  UnsupportedContent,
} from "./model/content.ts";
export type { ConversationObserved, ConversationTransferred, ConversionDetected, MarketingTracked } from "./model/conversation.ts";
export type {
  AccountChanged,
  CallChanged,
  ContactChanged,
  ContactsSynced,
  EventFacts,
  EventType,
  FlowChanged,
  GroupChanged,
  InboundEvent,
  NumberChanged,
  OwnedEvent,
  PreferenceChanged,
  ProviderError,
  TemplateChanged,
  UnknownEvent,
  WadeskEvent,
  WadeskEvents,
} from "./model/event.ts";
export type { CallPermissionReplyContent, MediaPlaceholderContent } from "./model/inbound-content.ts";
export type { MessageRow, OutboundMessage, SendReceipt } from "./model/message.ts";
export type {
  HistoryReceived,
  MessageEchoed,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  MessageStatusChanged,
} from "./model/message-facts.ts";
export type { VendorItem } from "./model/vendor-item.ts";
export type {
  AnyChannel,
  Channel,
  ChannelOf,
  ChannelSettings,
  Connected,
  DetailsOf,
  InputOf,
  RequestChannel,
  SettingsOf,
} from "./ports/channel.ts";
export type { ChannelContext, ConnectContext, ConnectionContext, LinkStep, SealedRecords } from "./ports/context.ts";
export type { CheckReport, Line, MakeLine, ReadMark } from "./ports/line.ts";
export { addressBelow } from "./ports/public-address.ts";
export type { Logger, Runtime } from "./ports/runtime.ts";
export { lazySchema } from "./ports/schemas/lazy-schema.ts";
export type { Schema, SchemaIssue } from "./ports/schemas/schema.ts";
export type { ChannelSession, OpenSession, SessionContext } from "./ports/session.ts";
export type { SessionVoice } from "./ports/session-voice.ts";
export type {
  ConnectionChange,
  ConnectionCounts,
  ConnectionFilter,
  ConnectionScope,
  ConnectionStore,
} from "./ports/stores/connection-store.ts";
export type {
  Claim,
  ClaimRequest,
  DeadLetter,
  InboxCounts,
  InboxPrune,
  InboxState,
  InboxStore,
  KeptEvent,
} from "./ports/stores/inbox-store.ts";
export type { Advance, MessageStore, ProviderMessage } from "./ports/stores/message-store.ts";
export type { Page, PageRequest } from "./ports/stores/page.ts";
export type { Fence, LeaseStore, RecordStore, TimedValue } from "./ports/stores/record-store.ts";
export type { SessionLease, SessionPlace, SessionShare, SessionStanding, SessionStore } from "./ports/stores/session-store.ts";
export type { ChangeNotices, Storage } from "./ports/stores/storage.ts";
export type {
  PlatformSecret,
  RawRequest,
  ReadRequest,
  Redelivery,
  RequestHead,
  SecretsContext,
  SpeakerContext,
  SpeakingSecret,
  WebhookScheme,
  WebhookSource,
} from "./ports/webhook-source.ts";
export { consoleLogger, systemClock } from "./runtime/default-runtime.ts";
export { contextOf, type InboundContext, inboundSource } from "./runtime/inbound-contexts.ts";
export { parseJson } from "./runtime/parse-json.ts";
export { sparingLog } from "./runtime/sparing-log.ts";
export {
  type ConnectionState,
  type ConnectionStatus,
  type DisconnectedReason,
  type FailedReason,
  type Health,
  type HealthReport,
  isFailedReason,
  nextStatus,
  type PendingReason,
  type Restriction,
  type Signal,
  statusAt,
} from "./status/connection-status.ts";
export type { HealthFact } from "./status/health-fact.ts";
export { climbs, type MessageStatus } from "./status/message-status.ts";
export type { Clock } from "./time/clock.ts";
export { readTime, wholeTime } from "./time/whole-time.ts";
