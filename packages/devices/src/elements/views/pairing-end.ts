import { html, nothing, type TemplateResult } from "lit";
import { sentence } from "../state/look-of.ts";
import type { Pairing } from "../state/pairing.ts";
import { button } from "./button.ts";
import { pair } from "./facts.ts";
import { fold } from "./field.ts";
import { type Glyph, glyph } from "./glyphs.ts";
import type { Halves, PairingContext } from "./pairing-context.ts";
import { qr, shownMain } from "./pairing-shown.ts";
import { minutes, summary, todo } from "./pairing-summary.ts";

type Ended = Extract<Pairing, { readonly kind: "ended" }>;

/** Whether nobody scanned or typed before the last one ended. */
export function isExpired({ failure, step }: Ended): boolean {
  return failure.code === "pair_failed" && (step?.type === "qr" || step?.type === "code");
}

/** How an attempt ended that came to nothing, and what to do. */
export function endHalves(state: Ended, context: PairingContext): Halves {
  if (isExpired(state)) return expired(state, context);
  const known = { number_mismatch: mismatch, passkey_required: passkey, bridge_unreachable: bridge, pair_failed: pairFailed };
  return (known[state.failure.code as keyof typeof known] ?? other)(state, context);
}

function says(tone: "bad" | "wait", drawn: Glyph, title: string, text: unknown, action: unknown = nothing): TemplateResult {
  return html`<span class="big ${tone}">${glyph(drawn)}</span><h3 tabindex="-1">${title}</h3><p>${text}</p>${action}`;
}

function main(...parts: readonly unknown[]): TemplateResult {
  return html`<div class="pair-main">${parts}</div>`;
}

function support({ failure, id }: Ended, { words, now, clock }: PairingContext): TemplateResult {
  const vendor = failure.vendor?.code;
  const facts = [failure.code, vendor, clock(now), id].filter((each) => each !== undefined);
  return fold(words.frame.details, html`<p class="mono">${facts.join(" · ")}</p><p>${sentence(failure.message)}</p>`);
}

function mismatch({ form }: Ended, { words, again, change }: PairingContext): Halves {
  const { pairing } = words;
  return {
    alert: true,
    slot: says("bad", "failed", pairing.mismatch, pairing.mismatchText),
    main: main(
      html`<dl class="ids pairs">
        ${pair(pairing.entered, html`<span class="num">${form.phone}</span>`)}${pair(pairing.scanned, pairing.anotherPhone)}
      </dl>`,
      todo(pairing.whatToDo, pairing.mismatchTodo),
      html`<div class="actions">
        ${button({ text: pairing.startAgain, look: "primary", press: () => again(form.method) })}
        ${form.again ? nothing : button({ text: pairing.changeNumber, press: change })}
      </div>`,
    ),
  };
}

function pairFailed(state: Ended, context: PairingContext): Halves {
  const { pairing, frame } = context.words;
  const { form } = state;
  const isCode = form.method === "code";
  return {
    alert: true,
    slot: says("bad", "failed", pairing.failed, pairing.failedText),
    main: main(
      summary(form, context),
      todo(pairing.whatToCheck, pairing.failedTodo),
      html`<div class="actions">
        ${button({ text: context.words.states.remedies.pairAgain, look: "primary", press: () => context.again(form.method) })}
        ${button({ text: isCode ? pairing.useQr : pairing.useCode, press: () => context.again(isCode ? "qr" : "code") })}
        ${button({ text: frame.cancel, look: "quiet", press: context.cancel })}
      </div>`,
      support(state, context),
    ),
  };
}

function expired({ form, step }: Ended, context: PairingContext): Halves {
  const { pairing } = context.words;
  const isCode = step?.type === "code";
  const anew = button({
    text: isCode ? pairing.newCode : pairing.newQr,
    glyph: "again",
    look: "primary",
    press: () => context.again(form.method),
  });
  const words = html`<strong>${isCode ? pairing.expiredCode : pairing.expired}</strong>${anew}`;
  return {
    slot: html`${step?.type === "qr" ? qr(step, pairing.qrName, words) : html`<div class="expired" role="alert">${words}</div>`}
      <div class="timer"><div><span>${isCode ? pairing.expiredCodeText : pairing.expiredText}</span></div></div>`,
    main: shownMain(isCode ? "code" : "qr", form, context),
  };
}

function passkey({ form }: Ended, context: PairingContext): Halves {
  const { pairing } = context.words;
  return {
    alert: true,
    slot: says("wait", "key", pairing.passkey, pairing.passkeyText),
    main: main(
      summary(form, context),
      todo(pairing.whatToDo, pairing.passkeyTodo),
      html`<div class="actions">
        ${button({ text: pairing.useAnother, look: "primary", press: context.another })}
        ${button({ text: pairing.back(context.listTitle), press: context.leave })}
      </div>`,
    ),
  };
}

function bridge(state: Ended, context: PairingContext): Halves {
  const { pairing, frame } = context.words;
  const { form, tries } = state;
  const next = context.retryIn === undefined ? nothing : html` ${pairing.nextTryIn} <span role="timer">${minutes(context.retryIn)}</span>.`;
  return {
    alert: true,
    slot: says(
      "bad",
      "offline",
      pairing.bridge,
      html`${pairing.bridgeText(tries)}${next}`,
      button({ text: pairing.tryNow, glyph: "again", press: () => void context.begin(form.method) }),
    ),
    main: main(
      summary(form, context),
      todo(pairing.bridgeAsk, pairing.bridgeTodo),
      html`<div class="actions">
        ${context.isOperator ? button({ text: pairing.openSettings, press: context.openSettings }) : nothing}
        ${button({ text: frame.cancel, look: "quiet", press: context.cancel })}
      </div>`,
    ),
  };
}

function other(state: Ended, context: PairingContext): Halves {
  const { pairing, frame, states } = context.words;
  const reasons: Readonly<Record<string, string>> = states.reasons;
  const { form, failure } = state;
  return {
    alert: true,
    slot: says("bad", "failed", pairing.otherFailure, reasons[failure.code] ?? pairing.otherFailureText),
    main: main(
      summary(form, context),
      html`<div class="actions">
        ${button({ text: pairing.startAgain, look: "primary", press: () => context.again(form.method) })}
        ${button({ text: frame.cancel, look: "quiet", press: context.cancel })}
      </div>`,
      support(state, context),
    ),
  };
}
