import type { SignupQuestion } from "@wadesk/core";
import type { ChannelSignup } from "@wadesk/core/ports";
import { type SignupUnderTest, signupContract, signupPromises } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import { type AppInput, type AppsSettings, dialog, echoApps, OFFERED, REFUSED_CODE, tokenOf } from "../journeys/world/echo-apps.ts";

type Dialog = ChannelSignup<AppInput, AppsSettings>;

const answer = (question: SignupQuestion) => {
  if (question.type === "choose_numbers") return { type: question.type, numbers: ["n2"] };
  if (question.type === "pin") return { type: question.type, pin: "123456" };
  return { type: question.type, code: "123456" };
};

function world(made: () => Dialog = dialog): SignupUnderTest {
  return {
    channel: () => echoApps(made()),
    fetch: async () => {
      throw new Error("the echo vendor is asked by nobody");
    },
    code: () => "code-1",
    refusedCode: REFUSED_CODE,
    answer,
    secrets: [tokenOf("code-1")],
  };
}

signupContract("the echo vendor's dialog", async () => world());

/** Dialogs that break one promise each: what they do, which promise it is, and how. */
const FLAWS: readonly (readonly [string, keyof typeof signupPromises, () => Dialog])[] = [
  [
    "forgets the state",
    "opens the dialog with the state by which the code comes back",
    () => ({ ...dialog(), begin: async () => ({ opening: { type: "url", url: "https://echo.example.com/dialog" }, kept: {} }) }),
  ],
  [
    "takes every code",
    "refuses a code that the vendor refuses, with a code of ours and no secret",
    () => ({ ...dialog(), finish: async (_code, kept, context) => dialog().finish("code-1", kept, context) }),
  ],
  [
    "throws an error of its own",
    "refuses a code that the vendor refuses, with a code of ours and no secret",
    () => ({ ...dialog(), finish: () => Promise.reject(new TypeError("no token")) }),
  ],
  [
    "keeps its token in memory",
    "holds nothing between two calls: another process goes on with what was kept",
    () => {
      let token: string | undefined;
      return {
        ...dialog(),
        async finish(code) {
          token = tokenOf(code);
          return { question: { type: "choose_numbers", numbers: OFFERED }, kept: {} };
        },
        async resume(given, question, _kept, context) {
          if (token === undefined) throw new Error("which token?");
          return dialog().resume(given, question, { token, app: "eu" }, context);
        },
      };
    },
  ],
  [
    "shows its token in a check",
    "shows no secret in a question, a check or an opening",
    () => ({
      ...dialog(),
      async finish(code, kept, context) {
        await context.check({ name: "token", state: "passed", detail: tokenOf(code) });
        return dialog().finish(code, kept, context);
      },
    }),
  ],
  [
    "leaves a check running",
    "ends each check that it began",
    () => ({
      ...dialog(),
      async finish(code, kept, context) {
        await context.check({ name: "numbers", state: "running" });
        return dialog().finish(code, kept, context);
      },
    }),
  ],
  [
    "leaves a check running that the vendor has refused",
    "ends each check that it began when the vendor refuses, too: a screen would show it for a day",
    () => ({
      ...dialog(),
      async finish(code, kept, context) {
        await context.check({ name: "code", state: "running" });
        return dialog().finish(code, kept, context);
      },
    }),
  ],
  [
    "offers a number twice",
    "asks for numbers by ids of which no two are the same",
    () => ({
      ...dialog(),
      finish: async (code) => ({
        question: { type: "choose_numbers", numbers: [...OFFERED, ...OFFERED] },
        kept: { token: tokenOf(code), app: "eu" },
      }),
    }),
  ],
  [
    "connects every number",
    "answers what each chosen number is connected with, and no other number",
    () => ({
      ...dialog(),
      resume: async () => ({ connect: OFFERED.map((number) => ({ ...number, input: { number: "1", token: "t", app: "eu" } })) }),
    }),
  ],
  [
    "connects with what connect refuses",
    "answers inputs that the channel's own connect takes, as plain JSON",
    () => ({
      ...dialog(),
      resume: async () => ({ connect: OFFERED.slice(1).map((number) => ({ ...number, input: { number: "", token: "t", app: "eu" } })) }),
    }),
  ],
];

describe("the signup contract", () => {
  it.each(FLAWS)("is failed by a dialog that %s: %s", async (_flaw, promise, made) => {
    await expect(signupPromises[promise]?.(world(made))).rejects.toThrow();
  });

  it("has a dialog that breaks each of its promises", () => {
    expect(new Set(FLAWS.map(([, promise]) => promise))).toEqual(new Set(Object.keys(signupPromises)));
  });
});
