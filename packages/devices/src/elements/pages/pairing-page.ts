import type { CSSResult, TemplateResult } from "lit";
import { focusOn } from "../controllers/focus.ts";
import type { Labels } from "../labels/en/en.ts";
import type { FirstWords } from "../labels/en/first.ts";
import { pairing } from "../labels/en/pairing.ts";
import { type LabelChanges, laterWords } from "../labels/with-changes.ts";
import { PairingDesk } from "../screens/pairing-desk.ts";
import { checks } from "../styles/checks.ts";
import { pairing as pairingSheet } from "../styles/pairing.ts";
import { type ListContext, ofChannel } from "../views/context.ts";
import { pairingView } from "../views/pairing.ts";
import type { Page } from "./page.ts";

export { PairingDesk };

// the bridge of a phone that names none
const DEFAULT = "default";

/** The style sheets of its pictures. */
export const sheets: readonly CSSResult[] = [pairingSheet, checks];

/** What linking a phone is told in, with what replaces some of it. */
export const pairingWords: (first: FirstWords, changes: LabelChanges) => FirstWords & Pick<Labels, "pairing"> = laterWords({ pairing });

/** What stands below the title of the page on which a phone is linked; loaded on first use. */
export function pairingPage(
  { screen, words, labels, host, clock, copy }: Page,
  { channel, now, times }: ListContext,
  desk: PairingDesk,
): TemplateResult {
  const { list } = screen;
  const listTitle = ofChannel(words.frame.titles, channel);
  const bridges = list.channel?.choices?.bridge ?? [];
  const leave = (): void => screen.leave();
  return pairingView(desk.store.state, {
    words: pairingWords(words, labels),
    channel,
    listTitle,
    now,
    retryIn: desk.retryAt === undefined ? undefined : desk.retryAt - clock.now(),
    bridges,
    isOperator: list.setup?.platform === true,
    clock: times.clock,
    type: (part, value) => desk.type(part, value),
    check: () => desk.check(),
    begin: async (method) => {
      // where none is the platform's default, the first is what the form shows
      if (!bridges.includes(DEFAULT) && !desk.store.state.form.bridge) desk.type("bridge", bridges[0] ?? "");
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
  });
}
