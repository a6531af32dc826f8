export type { Authorize, Authorized } from "./api/authorize.ts";
export type { RetryPolicy } from "./api/backoff.ts";
export type { GroupOptions, WorkspaceGroups } from "./api/groups.ts";
export type { PassedOver, Platform } from "./api/inbound-port.ts";
export type { LiveEvents } from "./api/live-events.ts";
export type { DeletedWorkspace, DeleteWorkspaceOptions, ExportedRow } from "./api/operations.ts";
export type { InboxOptions, OptionsBesideEnv, UpkeepOptions, WadeskOptions } from "./api/options.ts";
export type { SendOptions, SendRequest, SentMessage } from "./api/sending.ts";
export type {
  GroupChange,
  ProbeOptions,
  ProbeResult,
  SecretChange,
  SecretMark,
  Settings,
  SettingsChange,
  SettingsNote,
  SettingsView,
} from "./api/settings.ts";
export type { Signup, SignupAttempt, SignupResult, SignupUser } from "./api/signup.ts";
export type { Answerable, EventHandler, HandledEvent, HandlerAttempt, StopOptions, Wadesk } from "./api/wadesk.ts";
export type {
  ChangedConnections,
  ConnectionList,
  DownloadOptions,
  IntentView,
  Linking,
  ListRequest,
  MediaDownload,
  UploadedMedia,
  UploadRequest,
  Workspace,
  WorkspaceMedia,
} from "./api/workspace.ts";
export { type CreateWadesk, createWadesk } from "./client/create-wadesk.ts";
export type { ErrorRow, Remedy } from "./errors/error-row.ts";
export { ERROR_TABLE, type ErrorCode } from "./errors/error-table.ts";
export type { IssueCode } from "./errors/issue-code.ts";
export type { Notice, NoticeValues } from "./errors/notice.ts";
export {
  type FailureData,
  type FieldIssue,
  isWadeskError,
  type VendorDetail,
  WadeskError,
  type WadeskErrorOptions,
} from "./errors/wadesk-error.ts";
export type { Environment } from "./fields/read-environment.ts";
export { memoryStorage } from "./memory/memory-storage.ts";
export type { Connection, ConnectionFacts } from "./model/connection.ts";
export type { Contact } from "./model/contact.ts";
export type {
  DeleteContent,
  EditContent,
  ForwardContent,
  PinContent,
  PollContent,
  PollVoteContent,
} from "./model/content/chat-content.ts";
export type { CallPermissionReplyContent, MediaPlaceholderContent } from "./model/content/inbound-content.ts";
export type { FileData, MediaContent, MediaData, MediaFile, MediaReference } from "./model/content/media-content.ts";
export type { TemplateButton, TemplateContent, TemplateParameter } from "./model/content/template-content.ts";
export type {
  ButtonReplyContent,
  ButtonsContent,
  CtaUrlContent,
  FlowReplyContent,
  InteractiveHeader,
  ListContent,
  ListReplyContent,
} from "./model/content/interactive-content.ts";
export type {
  ContactCard,
  ContactsContent,
  Content,
  InboundContent,
  LocationContent,
  OrderContent,
  OutboundContent,
  OutboundKind,
  ReactionContent,
  TextContent,
  UnknownContent,
  UnsupportedContent,
} from "./model/content.ts";
export type { ConversationObserved, ConversationTransferred, ConversionDetected, MarketingTracked } from "./model/facts/conversation.ts";
export type {
  AccountChanged,
  AccountWord,
  CallWord,
  FlowWord,
  GroupWord,
  CallChanged,
  ContactChanged,
  ContactsSynced,
  FlowChanged,
  GroupChanged,
  NumberChanged,
  PreferenceChanged,
  PresenceChanged,
  TemplateChanged,
} from "./model/facts/changes.ts";
export type {
  EventFacts,
  EventType,
  OwnedEvent,
  ProviderError,
  UnknownEvent,
  WadeskEvent,
  WadeskEvents,
} from "./model/event.ts";
export type {
  ChangedGroup,
  Group,
  GroupAddress,
  GroupEdit,
  GroupMember,
  GroupRefusal,
  NewGroup,
  Recipient,
} from "./model/group.ts";
export type { MessageRow } from "./model/message.ts";
export type {
  HistoryReceived,
  MessageEchoed,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  MessageStatusChanged,
} from "./model/facts/message-facts.ts";
export type { VendorItem } from "./model/vendor-item.ts";
export type { VendorWord } from "./model/facts/vendor-word.ts";
export type { AnyChannel, ChannelOf, DetailsOf, InputOf, SettingsOf } from "./ports/channel.ts";
export type { LinkStep } from "./ports/context.ts";
export type { ReadMark } from "./ports/line.ts";
export type { OperationsOf } from "./ports/operations.ts";
export type { Logger, Lookup, Runtime } from "./ports/runtime.ts";
export type { SignupAnswer, SignupCheck, SignupNumber, SignupQuestion, SignupWish } from "./ports/signup.ts";
export type { ConnectionChanges, RegionCount, StateCounts } from "./ports/stores/connection-store.ts";
export type { DeadLetter, InboxCounts } from "./ports/stores/inbox-store.ts";
export type { Page, PageRequest } from "./ports/stores/page.ts";
export type { Storage } from "./ports/stores/storage.ts";
export type {
  ConnectionState,
  ConnectionStatus,
  DisconnectedReason,
  FailedReason,
  Health,
  PendingReason,
  Restriction,
} from "./status/connection-status.ts";
export type { CoreWarning } from "./status/core-warning.ts";
export type { MessageStatus } from "./status/message-status.ts";
export type { Advice, Reason } from "./status/reason-table.ts";
export type { Clock } from "./time/clock.ts";
