import { type FieldKinds, fieldIssues, under } from "../fields/check-fields.ts";
import { invalid, invalidField, issueOf } from "../fields/invalid.ts";
import { unknownName, unknownValues } from "../fields/nearest-name.ts";
import type { SignupAnswer, SignupQuestion, SignupWish } from "../ports/signup.ts";

const FIELDS: FieldKinds<SignupAnswer> = { type: "text", numbers: "list", pin: "text", code: "text" };

const TYPES: readonly string[] = ["choose_numbers", "pin", "verification_code"] satisfies readonly SignupAnswer["type"][];

/** What was answered, in order for the question that stands. Rejects with `signup_out_of_turn` for another question's, and with `input_invalid`. */
export function readAnswer(question: SignupQuestion, given: SignupAnswer): SignupAnswer {
  const issues = fieldIssues(given, FIELDS);
  if (issues.length > 0) throw invalid(under("answer", issues));
  if (!TYPES.includes(given.type)) {
    const name = String(given.type ?? "");
    throw invalidField("answer.type", unknownName(name, TYPES, "a kind of answer"), "not_one_of", unknownValues(name, TYPES));
  }
  if (given.type !== question.type)
    throw invalid(
      [issueOf("answer.type", "not_one_of", `must be ${question.type}, which is what it asks for now`, { options: question.type })],
      "signup_out_of_turn",
    );
  if (given.type === "choose_numbers" && question.type === "choose_numbers")
    return { type: given.type, numbers: readNumbers(question.numbers, given.numbers) };
  if (given.type === "pin") {
    if (typeof given.pin !== "string" || !/^\d{6}$/.test(given.pin)) throw invalidField("answer.pin", "must be six digits", "wrong_form");
    return { type: given.type, pin: given.pin };
  }
  // people write it as the message does, in two halves
  const code = given.type === "verification_code" && typeof given.code === "string" ? given.code.replaceAll(/[\s-]/g, "") : "";
  if (!/^\d{4,8}$/.test(code)) throw invalidField("answer.code", "must be the digits of the code that was sent", "wrong_form");
  return { type: "verification_code", code };
}

const WISH: FieldKinds<SignupWish> = { door: "text", features: "texts", prefill: "object" };
const DOORS: readonly string[] = ["url", "helper"] satisfies readonly SignupWish["door"][];

/** How the dialog is to be opened. Rejects with `input_invalid`. */
export function readWish(given: SignupWish = {}): SignupWish {
  const issues = fieldIssues(given, WISH);
  if (issues.length > 0) throw invalid(issues);
  if (given.door !== undefined && !DOORS.includes(given.door))
    throw invalidField("door", unknownName(given.door, DOORS, "a door"), "not_one_of", unknownValues(given.door, DOORS));
  if (typeof given.features === "string") throw invalidField("features", "must be a list of texts", "wrong_type", { expected: "list" });
  return given;
}

const MOST_TOLD = 20;
const LONGEST_TOLD = 2000;

/** What a browser says, as texts by name. Rejects with `input_invalid` for what no helper sends. */
export function readTold(given: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const entries = typeof given === "object" && given !== null ? Object.entries(given) : [];
  const sound = entries.every(([name, value]) => name.length < LONGEST_TOLD && typeof value === "string" && value.length < LONGEST_TOLD);
  if (!sound || entries.length > MOST_TOLD) throw invalidField("told", "must be a few short texts by name", "wrong_form");
  return Object.fromEntries(entries);
}

function readNumbers(offered: readonly { readonly id: string }[], given: unknown): readonly string[] {
  const chosen: readonly unknown[] = Array.isArray(given) ? given : [];
  if (chosen.length === 0) throw invalidField("answer.numbers", "must be a list with the id of at least one number", "too_few", { min: 1 });
  const known = new Set(offered.map(({ id }) => id));
  const ids = chosen.filter((id): id is string => typeof id === "string" && known.has(id));
  const stranger = chosen.findIndex((id) => typeof id !== "string" || !known.has(id));
  if (stranger !== -1)
    throw invalidField(`answer.numbers.${stranger}`, "must be the id of one of the numbers that were offered", "not_found");
  return [...new Set(ids)];
}
