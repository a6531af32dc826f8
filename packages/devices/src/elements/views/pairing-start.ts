import { html, nothing } from "lit";
import type { Labels } from "../labels/en/en.ts";
import { sentence } from "../state/look-of.ts";
import type { NumberError, Pairing, PairingForm } from "../state/pairing.ts";
import { button } from "./button.ts";
import { field, fold } from "./field.ts";
import { glyph } from "./glyphs.ts";
import { note } from "./note.ts";
import type { Halves, PairingContext } from "./pairing-context.ts";
import { summary } from "./pairing-summary.ts";
import { select } from "./select.ts";

/** The form: which number, and what it is called. One that is paired again has both. */
export function startForm({ form, error, failure }: Extract<Pairing, { readonly kind: "start" }>, context: PairingContext): Halves {
  const { words, type, check, begin } = context;
  const { pairing, frame } = words;
  const submit = (event: Event): void => {
    event.preventDefault();
    void begin("qr");
  };
  const fields = form.again
    ? summary(form, context)
    : html`${field({
        name: "phone",
        label: pairing.number,
        value: form.phone,
        type: "tel",
        autocomplete: "tel",
        leftToRight: true,
        hint: pairing.numberHint,
        error: error === undefined ? undefined : errorText(error, pairing),
        input: (value) => type("phone", value),
        left: check,
      })}
      ${field({
        name: "label",
        label: pairing.label,
        optional: frame.optional,
        value: form.label,
        maxLength: 60,
        hint: pairing.labelHint,
        input: (value) => type("label", value),
      })}
      ${service(form, context)}`;
  return {
    onlyWide: true,
    slot: html`<div class="qr empty">${glyph("channel-unofficial")}<span>${pairing.slotEmpty}</span></div>`,
    main: html`<form class="pair-main form" novalidate @submit=${submit}>
      ${failure === undefined ? nothing : note({ tone: "bad", glyph: "warn", text: sentence(failure.message), role: "alert" })} ${fields}
      <slot name="add-note">${note({ glyph: "info", text: pairing.banNote })}</slot>
      <div class="actions">
        ${button({ text: pairing.generateQr, look: "primary", submits: true })}
        ${button({ text: pairing.useCode, look: "quiet", press: () => void begin("code") })}
      </div>
      <slot name="help"></slot>
    </form>`,
  };
}

/** Which helper service keeps the session; asked for where there are several. */
function service({ bridge }: PairingForm, { words: { pairing }, bridges, type }: PairingContext): unknown {
  if (bridges.length < 2) return nothing;
  return fold(
    pairing.service,
    html`<div class="field"><label class="sr" for="service">${pairing.service}</label>
      ${select(
        "service",
        bridges.map((name) => [name, name === "default" ? pairing.serviceDefault : name]),
        bridge ?? "default",
        (value) => type("bridge", value),
        pairing.serviceHint,
      )}</div>`,
  );
}

function errorText(error: NumberError, words: Labels["pairing"]): string {
  if (typeof error === "object") return sentence(error.text) ?? words.numberWrong;
  return { missing: words.numberMissing, country: words.countryMissing, wrong: words.numberWrong, in_use: words.numberInUse }[error];
}
