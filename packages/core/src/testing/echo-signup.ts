import { WadeskError } from "../errors/wadesk-error.ts";
import type { ChannelSignup, SignupNumber } from "../ports/signup.ts";

const NUMBERS: readonly SignupNumber[] = ["+111", "+222", "+333"].map((phone, index) => ({ id: `n${index + 1}`, label: phone, phone }));

interface Kept {
  readonly token?: string;
  readonly chosen?: readonly string[];
}

/** The echo vendor's dialog: the code `refused` is refused, any other shows three numbers, of which the third has a PIN. */
export function echoSignup(calls: string[]): ChannelSignup<{ readonly number: string; readonly token: string }, unknown> {
  const connect = ({ token = "", chosen = [] }: Kept) => ({
    connect: NUMBERS.filter(({ id }) => chosen.includes(id)).map((number) => ({ ...number, input: { number: number.label, token } })),
  });
  return {
    begin: async (state) => ({ opening: { type: "url", url: `https://echo.example.com/dialog?state=${state}` }, kept: {} }),
    async finish(code, _kept, context) {
      calls.push(`exchange ${code}`);
      await context.check({ name: "code", state: "running" });
      if (code === "refused") {
        await context.check({ name: "code", state: "failed", detail: "the code was used" });
        throw new WadeskError("credentials_rejected");
      }
      await context.check({ name: "code", state: "passed" });
      return { question: { type: "choose_numbers", numbers: NUMBERS }, kept: { token: `token-of-${code}` } };
    },
    async resume(answer, _question, kept) {
      const known = kept as Kept;
      if (answer.type === "pin") {
        if (answer.pin === "000000") throw new WadeskError("pair_failed", { detail: "the PIN is another" });
        return connect(known);
      }
      const chosen = answer.type === "choose_numbers" ? answer.numbers : [];
      const [third] = NUMBERS.slice(2);
      const next = { ...known, chosen };
      return third !== undefined && chosen.includes(third.id) ? { question: { type: "pin", number: third }, kept: next } : connect(next);
    },
    async cancel(kept) {
      calls.push(`revoke ${(kept as Kept).token ?? "nothing"}`);
    },
  };
}
