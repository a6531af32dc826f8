import { account } from "../labels/en/account.ts";
import type { Labels } from "../labels/en/en.ts";
import { failures } from "../labels/en/failures.ts";
import { fields } from "../labels/en/fields.ts";
import type { FirstWords } from "../labels/en/first.ts";
import { type LabelChanges, laterWords } from "../labels/with-changes.ts";

/** What connecting with credentials is told in. */
export type AccountWords = FirstWords & Pick<Labels, "account" | "fields" | "failures">;

/** Those words, with what replaces some of them. */
export const accountWords: (first: FirstWords, changes: LabelChanges) => AccountWords = laterWords({ account, fields, failures });
