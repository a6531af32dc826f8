import { html, nothing, type TemplateResult } from "lit";
import type { WireStep } from "../../wire/link.ts";
import type { PairingForm } from "../state/pairing.ts";
import { button } from "./button.ts";
import { partOf } from "./part-of.ts";
import type { PairingContext } from "./pairing-context.ts";
import { how, minutes, summary } from "./pairing-summary.ts";

type Qr = Extract<WireStep, { readonly type: "qr" }>;
type Code = Extract<WireStep, { readonly type: "code" }>;

/** How long each lives, in milliseconds, for the meter below it: WhatsApp's own times. */
const LIVES = { qr: 20_000, code: 180_000 } as const;

/** A QR or a code, and how long it counts. */
export function shownSlot(step: Qr | Code, context: PairingContext): TemplateResult {
  const { words, now, again, copy } = context;
  const { pairing, frame } = words;
  const left = step.expiresAt - now;
  const aside =
    step.type === "qr"
      ? button({ text: pairing.refresh, glyph: "again", look: "quiet", small: true, press: () => again("qr") })
      : button({ text: frame.copy, glyph: "copy", look: "quiet", small: true, press: () => copy(step.code ?? "") });
  return html`${step.type === "qr" ? qr(step, pairing.qrName) : code(step, pairing.codeName)}
    <div class="timer">
      <div><span>${step.type === "qr" ? pairing.newQrIn : pairing.newCodeIn} <span role="timer">${minutes(left)}</span></span>${aside}</div>
      <div class="meter counts" aria-hidden="true" ${partOf(Math.min(100, (left / LIVES[step.type]) * 100))}><i></i></div>
    </div>`;
}

/** A QR as a picture of its path, which has white around it, black on white whatever the theme; `over` stands above one that does not count any more. */
export function qr({ path, size = 45 }: Pick<Qr, "path" | "size">, name: string, over: unknown = undefined): TemplateResult {
  return html`<div class="qr ${over ? "stale" : ""}" part="qr" role=${over ? nothing : "img"} aria-label=${over ? nothing : name}>
    <svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true"><path d=${path ?? ""} fill="#000" /></svg>
    ${over ? html`<div class="over" role="alert">${over}</div>` : nothing}
  </div>`;
}

function code({ code: text = "" }: Code, name: (code: string) => string): TemplateResult {
  const boxes = (part: string): readonly TemplateResult[] => [...part].map((each) => html`<span>${each}</span>`);
  return html`<div class="code" part="code" role="img" aria-label=${name(text)}>${boxes(text.slice(0, 4))}<em></em>${boxes(text.slice(4))}</div>`;
}

/** What to do with a QR or a code on the phone, and the other way to do it. */
export function shownMain(method: PairingForm["method"], form: PairingForm, context: PairingContext): TemplateResult {
  const { pairing, frame } = context.words;
  const isCode = method === "code";
  return html`<div class="pair-main">
    ${summary(form, context)} ${how(pairing.onYourPhone, isCode ? pairing.codeHow : pairing.qrHow)}
    <div class="actions">
      ${button({ text: isCode ? pairing.useQr : pairing.useCode, press: () => context.again(isCode ? "qr" : "code") })}
      ${button({ text: frame.cancel, look: "quiet", press: context.cancel })}
    </div>
  </div>`;
}
