import { html, nothing, type TemplateResult } from "lit";
import type { WireFindings } from "../../../wire/settings.ts";
import { failureText } from "../../account/words-of.ts";
import { button, linkButton } from "../../views/button.ts";
import { ofChannel } from "../../views/context.ts";
import { copyLine } from "../../views/copy-line.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import { rich } from "../../views/rich.ts";
import type { PanelState } from "../state/panel.ts";
import type { SelfCheck } from "../state/settings.ts";
import { panelLevel, type PanelContext } from "./context.ts";

type Finding = WireFindings["findings"][number];

/** What is given to the vendor as our addresses, each with what answers there. */
export function addressesView(
  { settings: { channel, addresses } }: PanelState,
  check: SelfCheck | undefined,
  context: PanelContext,
): TemplateResult | typeof nothing {
  const { words } = context;
  const { panel } = words;
  if (addresses.length === 0 && channel !== "cloud-api" && channel !== "twilio") return nothing;
  return html`<section class="panel" part="panel" aria-labelledby="addresses-title">
    <div class="panel-head"><h3 id="addresses-title" aria-level=${panelLevel(context)}>${ofChannel(panel.addresses, channel)}</h3><p>${panel.addressesText}</p></div>
    <div class="panel-body">
      ${addresses.length === 0 ? note({ tone: "wait", glyph: "warn", text: panel.addressesNone }) : nothing}
      ${addresses.map((address, index) => addressView(channel, address, index, check, context))}
    </div>
  </section>`;
}

function addressView(channel: string, address: string, index: number, check: SelfCheck | undefined, context: PanelContext): TemplateResult {
  const { words, desk } = context;
  const { panel } = words;
  const name = panel.addressName(index + 1);
  const { [channel]: hint } = panel.addressHints;
  const again = linkButton(panel.testAgain, () => void desk.check(channel), panel.testAgainName(name));
  return html`<div class="url">
    <span class="field-label">${name}</span>
    ${copyLine(address, name, context)}
    <p class="test">${standing(address, check, again, context)}</p>
    ${index === 0 && hint !== undefined ? html`<p class="hint">${rich(hint)}</p>` : nothing}
  </div>`;
}

function standing(address: string, check: SelfCheck | undefined, again: TemplateResult, context: PanelContext): TemplateResult {
  const { panel } = context.words;
  if (check === undefined || check.kind === "running") return html`${glyph("ring", "spin g-info")}<span>${panel.testing}</span>`;
  const found = check.kind === "found" ? check.findings.find(({ values }) => values?.address === address) : undefined;
  if (check.kind === "failed" || found === undefined) return html`${glyph("failed", "g-bad")}<span>${panel.testFailed} ${again}</span>`;
  return html`${mark(found)}<span>${findingText(found, context)} ${tested(check, context)} ${again}</span>`;
}

/** What else was tried: secrets with the vendor, what it knows of our addresses, and services of one's own, which have a box each. */
export function findingsView(
  { settings: { channel } }: PanelState,
  check: SelfCheck | undefined,
  boxes: boolean,
  context: PanelContext,
): unknown {
  const { words, desk } = context;
  const { panel } = words;
  if (check === undefined || check.kind === "running") return note({ glyph: "ring", text: panel.testing });
  const actions = button({ text: panel.testAgain, small: true, press: () => void desk.check(channel) });
  const bad = { tone: "bad", glyph: "failed", role: "alert", actions } as const;
  if (check.kind === "failed") return note({ ...bad, title: panel.testFailed, text: failureText(words, check.failure) });
  // addresses have their own place
  const found = check.findings.filter((each) => each.check !== "address");
  if (!boxes)
    return html`<ul class="tick-list">${found.map((each) => html`<li>${mark(each)}<span>${findingText(each, context)}</span></li>`)}</ul>
      <div class="actions">${actions}<span class="hint">${tested(check, context)}</span></div>`;
  return found.map((each) => {
    const [title = "", rest = ""] = findingText(each, context).split(/\. (.*)/);
    const text = `${rest} ${tested(check, context)}`;
    return note({ ...bad, ...(each.ok && { tone: "ok", glyph: "passed", role: "status" }), title, text });
  });
}

function findingText({ code, text }: Finding, { words: { panel } }: Pick<PanelContext, "words">): string {
  const sentence = panel.findings[code] ?? text;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1) + (/[.!?]$/.test(sentence) ? "" : ".");
}

function mark({ ok }: Finding): TemplateResult {
  return ok ? glyph("passed", "g-ok") : glyph("failed", "g-bad");
}

function tested({ at }: Extract<SelfCheck, { readonly kind: "found" }>, { words, times }: PanelContext): string {
  return words.panel.testedAt(times.ago(at));
}
