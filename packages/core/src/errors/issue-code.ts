/** What can be wrong with a field, as core says it. A channel's own schemas may say more, each listed by its channel. */
export type IssueCode =
  /** Is missing or empty. */
  | "required"
  /** Is of another kind than `expected`: `text`, `texts`, `number`, `whole_number`, `flag`, `list`, `object`, `function`, `bytes` and the like. */
  | "wrong_type"
  /** No such field; `nearest` is the one that was probably meant. */
  | "unknown_field"
  /** No such name where one of a known list is wanted; `options` are those that there are, and `nearest` the one that was probably meant. */
  | "not_one_of"
  /** Has more than `max` characters, or bytes where it says so. */
  | "too_long"
  /** Has fewer than `min` characters. */
  | "too_short"
  /** Has more or fewer than `length` characters. */
  | "wrong_length"
  /** Has more than `max` entries. */
  | "too_many"
  /** Has fewer than `min` entries. */
  | "too_few"
  /** Is a number above `max`, or not below `below`. */
  | "too_high"
  /** Is a number below `min`, or not above `above`. */
  | "too_low"
  /** Is no web address. */
  | "not_an_address"
  /** Is no phone with its country code. */
  | "not_a_phone"
  /** Is no date. */
  | "not_a_date"
  /** Is not written as it should be. */
  | "wrong_form"
  /** Cannot stand beside another one, `with` where that is one field. */
  | "conflicts"
  /** Stands there twice. */
  | "repeated"
  /** Names something that is not there. */
  | "not_found"
  /** Cannot be used as it stands, e.g. a stream that was read already. */
  | "unusable"
  /** Something else, which the message says: what a schema of somebody else's gives no code. */
  | "invalid";
