/** Whom a webhook field is about where its value does not say. */
export type FieldScope = "account" | "number";

const NUMBER = [
  "messages",
  "smb_message_echoes",
  "message_echoes",
  "calls",
  "history",
  "smb_app_state_sync",
  "user_preferences",
  "user_id_update",
  "group_lifecycle_update",
  "group_participants_update",
  "group_participant_update",
  "group_settings_update",
  "group_status_update",
  "standby",
  "messaging_handovers",
  "automatic_events",
  "tracking_events",
  "account_settings_update",
] as const;

const ACCOUNT = [
  "account_update",
  "account_alerts",
  "account_review_update",
  "business_capability_update",
  "business_status_update",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_quality_update",
  "phone_number_name_update",
  "business_username_update",
  "business_username_updates",
  "phone_number_username_update",
  "security",
  "flows",
  "message_template_status_update",
  "message_template_quality_update",
  "message_template_components_update",
  "message_template_category_update",
  "template_category_update",
  "template_correct_category_detection",
] as const;

/** A webhook field that this version knows. */
export type KnownField = (typeof NUMBER)[number] | (typeof ACCOUNT)[number];

/**
 * The fields that this version knows. One of a number says which, by its id; without it nobody is told. One of an account is told to all of
 * its numbers, but where the value names one of them by its display form.
 */
export const FIELD_SCOPES: ReadonlyMap<string, FieldScope> = new Map<string, FieldScope>([
  ...NUMBER.map((field): [string, FieldScope] => [field, "number"]),
  ...ACCOUNT.map((field): [string, FieldScope] => [field, "account"]),
]);
