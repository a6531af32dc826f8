// The page of a host in which somebody connects a number: what a host would write around the helper, with everything it shows in the document.
import { prepareSignup, type SignupOutcome } from "@wadesk/cloud-api/browser";
import type { SignupAnswer, SignupAttempt } from "@wadesk/core";

const PATH = "/connect/wa-store/waba";
const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;

function showAttempt(attempt: SignupAttempt): void {
  const { question } = attempt;
  sessionStorage.setItem("signup", attempt.id);
  element("attempt").textContent = JSON.stringify(attempt);
  element("question").replaceChildren();
  if (question?.type === "choose_numbers") {
    for (const { id, label, connected } of question.numbers) {
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: id, checked: connected === undefined });
      const line = document.createElement("label");
      line.append(box, `${label}${connected === undefined ? "" : ` (connected ${connected})`}`);
      element("question").append(line);
    }
  } else if (question !== undefined) {
    element("question").append(Object.assign(document.createElement("input"), { name: "typed", placeholder: question.type }));
  }
  document.body.dataset.at = question?.type ?? attempt.at;
}

async function ask(body: object): Promise<void> {
  delete document.body.dataset.at;
  try {
    const answer = await fetch("/api/signup", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    element("problem").textContent = said.error?.message ?? "";
    if (said.attempt !== undefined) showAttempt(said.attempt);
    else document.body.dataset.at = "nothing";
  } catch {
    element("problem").textContent = "no answer came";
    document.body.dataset.at = "unknown";
  }
}

function answerOf(id: string): { readonly id: string; readonly answer?: SignupAnswer } {
  const question = JSON.parse(element("attempt").textContent ?? "{}").question;
  if (question === undefined) return { id };
  const typed = element("question").querySelector<HTMLInputElement>("[name=typed]")?.value ?? "";
  if (question.type === "pin") return { id, answer: { type: "pin", pin: typed } };
  if (question.type === "verification_code") return { id, answer: { type: "verification_code", code: typed } };
  const numbers = [...element("question").querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
  return { id, answer: { type: "choose_numbers", numbers } };
}

function showOutcome(outcome: SignupOutcome): void {
  document.body.dataset.outcome = outcome.outcome;
  element("outcome").textContent = JSON.stringify(outcome);
  if (outcome.outcome === "finished") showAttempt(outcome.attempt);
}

element("go-on").onclick = () => ask(answerOf(sessionStorage.getItem("signup") ?? ""));
element("redirect").onclick = async () => {
  const answer = await fetch(`${PATH}/begin`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  const { id, opening } = await answer.json();
  sessionStorage.setItem("signup", id);
  location.assign(opening.url);
};

const query = new URLSearchParams(location.search);
element("problem").textContent = query.get("problem") ?? "";
const id = query.get("signup");
if (id !== null) await ask({ id, read: true });
// an attempt that has its code goes on by itself
if (query.has("helper") && (document.body.dataset.at ?? "code") === "code") {
  const signup = await prepareSignup(query.has("coexistence") ? { features: ["coexistence"] } : {});
  document.body.dataset.ready = signup.outcome;
  element("prepared").textContent = JSON.stringify(signup);
  if (signup.outcome === "ready") {
    sessionStorage.setItem("signup", signup.id);
    element("dialog").onclick = () => {
      delete document.body.dataset.outcome;
      void signup.open().then(showOutcome);
    };
  }
}
document.body.dataset.loaded = "yes";
