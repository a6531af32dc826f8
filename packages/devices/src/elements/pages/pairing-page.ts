import { html, type TemplateResult } from "lit";
import { focusOn } from "../controllers/focus.ts";
import { type ListContext, ofChannel } from "../views/context.ts";
import { head } from "../views/head.ts";
import { pairingView } from "../views/pairing.ts";
import type { Page } from "./page.ts";

/** The page on which a phone is linked. */
export function pairingPage(
  { screen, words, host, headingLevel, clock, copy }: Page,
  { channel, now, times }: ListContext,
): TemplateResult {
  const { pairing: desk, list } = screen;
  const listTitle = ofChannel(words.frame.titles, channel);
  const leave = (): void => screen.leave();
  return html`${head({ title: words.frame.add.unofficial, level: headingLevel, back: { text: listTitle, press: leave } })}
  ${pairingView(desk.store.state, {
    words,
    channel,
    listTitle,
    now,
    retryIn: desk.retryAt === undefined ? undefined : desk.retryAt - clock.now(),
    isOperator: list.setup?.platform === true,
    clock: times.clock,
    type: (part, value) => desk.type(part, value),
    check: () => desk.check(),
    begin: async (method) => {
      if (!(await desk.begin(method))) await focusOn(host, '[aria-invalid="true"]');
    },
    again: (method) => void desk.again(method),
    change: () => void desk.change(),
    cancel: () => {
      void desk.cancel();
      leave();
    },
    leave,
    another: () => {
      desk.open();
      void focusOn(host, "h2");
    },
    copy,
    openSettings: () => screen.openSettings(),
  })}`;
}
