import { type Signup, type SignupAttempt, WadeskError } from "@wadesk/core";
import { attemptCookie } from "@wadesk/core/ports";
import { takeTurns } from "../guard/check-limits.ts";
import { answer, failureOf } from "../refusal.ts";
import {
  type BeginBody,
  beginBody,
  begun,
  type FinishBody,
  finishBody,
  type ResumeBody,
  resumeBody,
  type SignupQuery,
  signup,
  signupQuery,
  type WireSignup,
} from "../wire/signup.ts";
import { type Call, done, type Route, route } from "./route.ts";

/** Connecting by the vendor's own dialog. An attempt is the person's alone who began it, in the browser in which it was begun. */
export const SIGNUP_ROUTES: readonly Route[] = [
  route<unknown, BeginBody>({
    id: "beginSignup",
    method: "POST",
    path: "/signups",
    needs: "owner",
    summary: "Begins a signup: what the vendor's dialog is opened with, and the cookie that ties it to this browser",
    body: beginBody,
    answers: { status: 200, schema: begun },
    asksVendor: true,
    async run(call) {
      const { channel, ...wish } = call.body;
      const attempt = await (await signupOf(call, channel)).begin(wish);
      const { id, state, opening } = attempt;
      return answer({ ...wireOf(attempt), state, opening }, 200, { "set-cookie": await cookieOf(call).set(id, state) });
    },
  }),
  route<unknown, FinishBody>({
    id: "finishSignup",
    method: "POST",
    path: "/signups/finish",
    needs: "owner",
    summary: "Takes the code that the dialog ended with, in the browser that began it",
    body: finishBody,
    answers: { status: 200, schema: signup },
    asksVendor: true,
    async run(call) {
      const { channel, state, code, told } = call.body;
      const { desk, person, request } = call;
      if ((await cookieOf(call).idFor(request, state)) === undefined) throw new WadeskError("signup_not_found");
      const limited = await takeTurns(desk.client.screen, [{ scope: "workspace", name: person.workspaceId }]);
      if (limited !== undefined) return limited;
      const attempt = await (await signupOf(call, channel)).finish(state, code, told);
      return answer(wireOf(attempt), 200, { "set-cookie": cookieOf(call).cleared });
    },
  }),
  route<SignupQuery>({
    id: "getSignup",
    method: "GET",
    path: "/signups/{id}",
    needs: "owner",
    summary: "Where it stands",
    query: signupQuery,
    answers: { status: 200, schema: signup },
    run: async (call) => answer(wireOf(await (await signupOf(call, call.query.channel)).read(call.name))),
  }),
  route<SignupQuery, ResumeBody>({
    id: "resumeSignup",
    method: "POST",
    path: "/signups/{id}",
    needs: "owner",
    summary: "Answers the question that stands, or goes on where a step failed",
    query: signupQuery,
    body: resumeBody,
    answers: { status: 200, schema: signup },
    asksVendor: true,
    run: async (call) => answer(wireOf(await (await signupOf(call, call.query.channel)).resume(call.name, call.body.answer))),
  }),
  route<SignupQuery>({
    id: "cancelSignup",
    method: "DELETE",
    path: "/signups/{id}",
    needs: "owner",
    summary: "Forgets it; numbers that it has connected stay",
    query: signupQuery,
    answers: { status: 204, schema: "nothing" },
    asksVendor: true,
    async run(call) {
      await (await signupOf(call, call.query.channel)).cancel(call.name);
      return done();
    },
  }),
];

async function signupOf({ desk, workspace, person }: Call<unknown, unknown>, kind: string | undefined): Promise<Signup> {
  return workspace.signup(kind ?? (await desk.client.settings.activeChannel()), { userId: person.userId });
}

function cookieOf({ desk }: Call<unknown, unknown>): ReturnType<typeof attemptCookie> {
  return attemptCookie(desk.options.secure);
}

function wireOf({ id, kind, at, question, checks, numbers, createdAt, expiresAt }: SignupAttempt): WireSignup {
  return {
    id,
    kind,
    at,
    ...(question && { question }),
    checks,
    numbers: numbers.map(({ failure, ...rest }) => ({ ...rest, ...(failure && { failure: failureOf(failure) }) })),
    createdAt,
    expiresAt,
  };
}
