import { WadeskError } from "../errors/wadesk-error.ts";
import type { ChannelSignup, SignupNumber } from "../ports/signup.ts";

const NUMBERS: readonly SignupNumber[] = ["+111", "+222", "+333"].map((phone, index) => ({ id: `n${index + 1}`, label: phone, phone }));

interface Kept {
  readonly token?: string;
  readonly chosen?: readonly string[];
  /** How many more times going on fails. */
  readonly stumbles?: number;
}

/** The echo vendor's dialog: the code `refused` is refused, any other shows three numbers, of which the third has a PIN. */
export function echoSignup(calls: string[]): ChannelSignup<{ readonly number: string; readonly token: string }, unknown> {
  const connect = ({ token = "", chosen = [] }: Kept) => ({
    connect: NUMBERS.filter(({ id }) => chosen.includes(id)).map((number) => ({ ...number, input: { number: number.label, token } })),
  });
  return {
    begin: async (state, { wish }) => ({
      opening:
        wish.door === "helper"
          ? { type: "helper", values: { state, features: (wish.features ?? []).join() } }
          : { type: "url", url: `https://echo.example.com/dialog?state=${state}` },
      kept: {},
    }),
    async finish(code, _kept, context) {
      calls.push(`exchange ${code}`);
      await context.check({ name: "code", state: "running" });
      if (code === "refused") {
        await context.check({ name: "code", state: "failed", detail: "the code was used" });
        throw new WadeskError("credentials_rejected");
      }
      await context.check({ name: "code", state: "passed" });
      if (context.told.stumble !== undefined) {
        await context.keep({ token: `token-of-${code}`, stumbles: Number(context.told.stumble) });
        throw new WadeskError("provider_unavailable");
      }
      return { question: { type: "choose_numbers", numbers: NUMBERS }, kept: { token: `token-of-${code}` } };
    },
    async goOn(kept, context) {
      const { stumbles = 0, ...rest } = kept as Kept;
      calls.push(`go on with ${rest.token}`);
      if (stumbles > 1) {
        await context.keep({ ...rest, stumbles: stumbles - 1 });
        throw new WadeskError("provider_unavailable");
      }
      const known = await Promise.all(NUMBERS.map((number) => context.holderOf(`echo:${number.label}`)));
      const numbers = NUMBERS.map((number, index) => ({ ...number, ...(known[index] !== undefined && { connected: known[index] }) }));
      return { question: { type: "choose_numbers", numbers }, kept: rest };
    },
    async connected({ id, input, kept }, context) {
      calls.push(`follow ${id} with ${input.token}${kept === undefined ? "" : ` after ${JSON.stringify(kept)}`}`);
      await context.keep({ half: `done of ${input.token}` });
      if (id === "n2" && input.token === "token-of-code-left" && calls.filter((call) => call.startsWith("follow n2")).length === 1)
        throw new WadeskError("provider_unavailable");
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
