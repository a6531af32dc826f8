import { html, nothing, type TemplateResult } from "lit";
import type { Labels } from "../labels/en/en.ts";
import type { Pairing, PairingForm } from "../state/pairing.ts";
import { button } from "./button.ts";
import { chip } from "./chip.ts";
import { type Glyph, glyph } from "./glyphs.ts";
import { note } from "./note.ts";
import type { Halves, PairingContext } from "./pairing-context.ts";
import { endHalves, isExpired } from "./pairing-end.ts";
import { shownMain, shownSlot } from "./pairing-shown.ts";
import { startForm } from "./pairing-start.ts";
import { summary } from "./pairing-summary.ts";
import { partOf } from "./part-of.ts";

/** Adding a device, in whichever state it is. */
export function pairingView(state: Pairing, context: PairingContext): TemplateResult {
  const { words } = context;
  const { slot, main, onlyWide, alert } = halvesOf(state, context);
  return html`<section class="pair" part="pairing" aria-label=${words.frame.add.unofficial} data-at=${state.kind}>
    ${steps(state, words.pairing)}
    <div class="pair-body">
      <div class="pair-slot ${onlyWide ? "only-wide" : ""}" role=${alert ? "alert" : nothing}>${slot}</div>
      ${main}
    </div>
  </section>`;
}

function halvesOf(state: Pairing, context: PairingContext): Halves {
  const { words, leave } = context;
  const { pairing } = words;
  switch (state.kind) {
    case "start":
      return startForm(state, context);
    case "ended":
      return endHalves(state, context);
    case "ready":
      return readyHalves(state, context);
    case "asking":
      return {
        slot: working(state.form.method === "code" ? pairing.preparingCode : pairing.preparing, pairing.waiting),
        main: beside(state.form, context),
      };
    case "running": {
      const { step } = state;
      if ((step.type === "qr" || step.type === "code") && step.expiresAt > context.now)
        return { slot: shownSlot(step, context), main: shownMain(step.type, state.form, context) };
      // the next one comes by itself
      if (step.type === "qr" || step.type === "code")
        return {
          slot: working(step.type === "code" ? pairing.preparingCode : pairing.preparing, pairing.waiting),
          main: beside(state.form, context),
        };
      const percent = step.type === "step" ? step.percent : undefined;
      const text = step.type === "step" && step.step === "restarting" ? pairing.restartingText : pairing.syncingText;
      const back = button({ text: pairing.back(context.listTitle), look: "quiet", press: leave });
      return {
        slot: html`${working(pairing.stepSyncing, text)}<div class="timer">${meter(percent, pairing.stepSyncing)}</div>`,
        main: html`<div class="pair-main">${summary(state.form, context)}${note({ glyph: "info", text: pairing.mayLeave })}<div class="actions">${back}</div></div>`,
      };
    }
  }
}

function working(title: string, text: string): TemplateResult {
  return html`<span class="big info">${glyph("ring", "spin")}</span><h3 tabindex="-1">${title}</h3><p>${text}</p>`;
}

function meter(percent: number | undefined, name: string): TemplateResult {
  return html`<progress class="sr" aria-label=${name} max="100" value=${percent ?? nothing}></progress>
    <div class="meter tall ${percent === undefined ? "unknown" : ""}" aria-hidden="true" ${partOf(percent ?? 40)}><i></i></div>`;
}

function beside(form: PairingForm, context: PairingContext): TemplateResult {
  return html`<div class="pair-main">${summary(form, context)}<div class="actions">${button({ text: context.words.frame.cancel, look: "quiet", press: context.cancel })}</div></div>`;
}

function readyHalves({ form, connection }: Extract<Pairing, { readonly kind: "ready" }>, context: PairingContext): Halves {
  const { words, leave, another } = context;
  const { pairing, frame, states } = words;
  const glyphs: readonly Glyph[] = ["clock", "phone", "pulse"];
  return {
    slot: html`<span class="big ok">${glyph("check")}</span><h3 tabindex="-1">${pairing.stepReady}</h3><p>${pairing.readyText(connection.label)}</p>`,
    main: html`<div class="pair-main">
      ${summary(form, context, chip("ok", states.chips.connected, "connected"))}
      <h3>${pairing.keepTitle}</h3>
      <ul class="tick-list">${pairing.keep.map((text, index) => html`<li>${glyph(glyphs[index] ?? "next", "g-info")}<span>${text}</span></li>`)}</ul>
      <div class="actions">
        ${button({ text: frame.done, look: "primary", press: leave })}${button({ text: pairing.addAnother, press: another })}
      </div>
    </div>`,
  };
}

type StepLook = "todo" | "now" | "done" | "bad";

function steps(state: Pairing, words: Labels["pairing"]): TemplateResult {
  const first = state.form.method === "code" && state.kind !== "start" ? words.stepCode : words.stepQr;
  const looks = looksOf(state);
  const current = looks.findLastIndex((look) => look !== "todo");
  return html`<ol class="steps" part="steps" aria-label=${words.progress}>
    ${[first, words.stepSyncing, words.stepReady].map((text, index) => step(text, index, looks[index] ?? "todo", Math.max(0, current) === index, words))}
  </ol>`;
}

function step(text: string, index: number, look: StepLook, current: boolean, words: Labels["pairing"]): TemplateResult {
  const mark = look === "done" ? glyph("check") : look === "bad" ? glyph("cross") : index + 1;
  const told = look === "done" ? words.stepDone : look === "bad" ? words.stepFailed : "";
  return html`<li class=${look} aria-current=${current ? "step" : nothing}>
    <b aria-hidden="true">${mark}</b>${text}${told ? html`<span class="sr">${told}</span>` : nothing}
  </li>`;
}

function looksOf(state: Pairing): readonly StepLook[] {
  if (state.kind === "ready") return ["done", "done", "done"];
  if (state.kind === "ended") return isExpired(state) ? ["now", "todo", "todo"] : ["bad", "todo", "todo"];
  if (state.kind === "start") return ["todo", "todo", "todo"];
  const syncing = state.kind === "running" && state.step.type !== "qr" && state.step.type !== "code";
  return syncing ? ["done", "now", "todo"] : ["now", "todo", "todo"];
}
