import { html, type TemplateResult } from "lit";
import type { Late } from "../controllers/late.ts";
import { type ListContext, ofChannel } from "../views/context.ts";
import { head } from "../views/head.ts";
import { lateView } from "../views/late.ts";
import type { Page } from "./page.ts";

/** What draws the inside of the page, loaded on first use. */
export type PairingPart = typeof import("./pairing-page.ts");

/** The page on which a phone is linked: its title at once, and the rest once it has come. */
export function addPage(page: Page, context: ListContext, late: Late<PairingPart>): TemplateResult {
  const { screen, words, headingLevel } = page;
  const { titles, add } = words.frame;
  const back = { text: ofChannel(titles, context.channel), press: (): void => screen.leave() };
  return html`${head({ title: add.unofficial, level: headingLevel, back })}
  ${late.part === undefined || screen.pairing === undefined ? lateView(late, words) : late.part.pairingPage(page, context, screen.pairing)}`;
}
