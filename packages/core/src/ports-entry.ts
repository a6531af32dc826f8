export { DEFAULT_RETRY, retryDelayMs } from "./api/backoff.ts";
export type { InboundPort, InboundSource } from "./api/inbound-port.ts";
export type { Offers, Readiness, ScreenChannel, ScreenPort, SettingsForm } from "./api/screen-port.ts";
export { readEnvironment, type Variable, type Variables } from "./fields/read-environment.ts";
export { isStorable, storableEvent } from "./encoding/storable.ts";
export { checkOptions, type FieldKind, type FieldKinds } from "./fields/check-fields.ts";
export { type Answer, type Asking, askVendor } from "./kit/asking/ask-vendor.ts";
export { readObject } from "./kit/asking/read-object.ts";
export { retryAfterOf, wholeWait } from "./kit/asking/retry-after.ts";
export { type Lost, leavesOpen, lostError, transportError } from "./kit/asking/transport-failure.ts";
export { codeOfStatus, errorRow, type VendorErrorRow, vendorError, withoutSecrets } from "./kit/asking/vendor-error.ts";
export { millisecondsOption, optionInvalid, secretList, unprintedDefaults } from "./kit/channel-options.ts";
export { type ContentChecks, createContentChecks, isWebAddress } from "./kit/content-checks.ts";
export { digestOf } from "./kit/digest.ts";
export { type AttemptCookie, attemptCookie } from "./kit/page/attempt-cookie.ts";
export { foreignPage, type OwnPages } from "./kit/page/own-page.ts";
export { readShortObject, type ShortObject } from "./kit/page/short-object.ts";
export { refusalReport } from "./kit/refusal-report.ts";
export { steadyNumbers } from "./kit/steady-numbers.ts";
export { step } from "./kit/step.ts";
export { type ContactOrder, contactKey, contactOrder, lastingId, phoneKey } from "./model/contact.ts";
export type { InboundEvent } from "./model/event.ts";
export type { OutboundMessage, SendReceipt } from "./model/message.ts";
export type { Channel, ChannelSettings, ContentExtra, Connected, RequestChannel, SessionChannel } from "./ports/channel.ts";
export type { ChannelContext, ConnectContext, ConnectionContext, SealedRecords } from "./ports/context.ts";
export type { LineGroups } from "./ports/groups.ts";
export type { CheckReport, Line, MakeLine, SendWork } from "./ports/line.ts";
export type { ChannelFiles, FetchedFile, FetchFile, FileRequest, LineMedia, MediaWork, OpenedMedia, OutgoingMedia } from "./ports/media.ts";
export type { NumberChoice, NumberRule } from "./ports/number-rule.ts";
export type { ChannelOperations, OperationTable } from "./ports/operations.ts";
export { addressBelow } from "./ports/public-address.ts";
export { lazySchema } from "./ports/schemas/lazy-schema.ts";
export type { JsonSchema, Schema, SchemaIssue } from "./ports/schemas/schema.ts";
export type { ChannelSession, OpenSession, SessionContext, SessionEnd } from "./ports/session.ts";
export type { Learnt, SessionVoice } from "./ports/session-voice.ts";
export type { ProbeContext, ProbeFinding, SettingsProbe } from "./ports/settings/probe.ts";
export type { GroupIn, SettingsGroup, SettingsGroups } from "./ports/settings/settings-groups.ts";
export type { ChannelSignup, SignupBeginContext, SignupContext, SignupFinishContext, SignupOpening, SignupTurn } from "./ports/signup.ts";
export { readChangeCursor, regionCounts } from "./ports/stores/connection-lists.ts";
export type {
  ConnectionChange,
  ConnectionCounts,
  ConnectionFilter,
  ConnectionScope,
  ConnectionStore,
} from "./ports/stores/connection-store.ts";
export type { Claim, ClaimRequest, FollowRequest, InboxPrune, InboxState, InboxStore, KeptEvent } from "./ports/stores/inbox-store.ts";
export { MOST_IN_RUN } from "./ports/stores/inbox-store.ts";
export type { Advance, MessageStore, ProviderMessage } from "./ports/stores/message-store.ts";
export type { Fence, LeaseStore, ListedRecord, RecordListRequest, RecordStore, TimedValue } from "./ports/stores/record-store.ts";
export { isFoundBy, searchNeedles, searchTextOf } from "./ports/stores/search.ts";
export type { SessionLease, SessionPlace, SessionShare, SessionStanding, SessionStore } from "./ports/stores/session-store.ts";
export type { ChangeNotices, ChangeTopic } from "./ports/stores/storage.ts";
export type {
  PathContext,
  PlatformSecret,
  RawRequest,
  ReadRequest,
  Redelivery,
  ReportedStanding,
  RequestHead,
  SecretsContext,
  SpeakerContext,
  SpeakingSecret,
  StrayNumber,
  ToldOnce,
  WebhookScheme,
  WebhookSource,
} from "./ports/webhook-source.ts";
export { consoleLogger, systemClock } from "./runtime/default-runtime.ts";
export { contextOf, type InboundContext, inboundSource } from "./runtime/inbound-contexts.ts";
export { parseJson } from "./runtime/parse-json.ts";
export { refuseOldNode } from "./runtime/refuse-old-node.ts";
export { sparingLog } from "./runtime/sparing-log.ts";
export { type HealthReport, isFailedReason, nextStatus, type Signal, statusAt } from "./status/connection-status.ts";
export type { HealthFact } from "./status/health-fact.ts";
export { climbs } from "./status/message-status.ts";
export type { ReasonSentences } from "./status/reason-table.ts";
export { once } from "./time/once.ts";
export { readTime, wholeTime } from "./time/whole-time.ts";
