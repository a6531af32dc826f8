/** What is wrong with a number as it was typed. */
export type PhoneProblem = "missing" | "country" | "wrong";

/** Says what is wrong with a phone's number; nothing where it may be one. */
export function phoneProblem(typed: string): PhoneProblem | undefined {
  const number = typed.replace(/[\s().\-\u2010-\u2015\u00a0]/g, "");
  if (number === "" || number === "+") return "missing";
  if (/^\d{4,}$/.test(number)) return "country";
  return /^\+[1-9]\d{6,14}$/.test(number) ? undefined : "wrong";
}
