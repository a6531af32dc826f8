import type { WireConnection } from "../../wire/connection.ts";
import { focusOn } from "../controllers/focus.ts";
import { timeWords } from "../state/time-words.ts";
import type { CardAction, ListContext } from "../views/context.ts";
import type { Page } from "./page.ts";

/** What connections are drawn with, as things stand. */
export function listContext(page: Page): ListContext {
  const { screen, words, language, host } = page;
  const { list, cards, menu } = screen;
  const { setup, channel } = list;
  const { state } = list.list;
  const standing = list.standing.state.kind;
  return {
    words,
    times: timeWords(language, list.now(), words.list.justNow),
    now: list.now(),
    channel: setup?.channel ?? (state.kind === "shown" ? state.channel : "unofficial"),
    linksPhone: channel?.linksPhone ?? true,
    hasPrimary: channel?.hasPrimary ?? false,
    mayChange: setup?.role === "owner" && !page.readonly,
    offline: standing === "offline" || standing === "signed-out",
    level: page.headingLevel + 1,
    renaming: cards.renaming,
    menuOf: menu.open,
    menu,
    regionName: (region) => (region === undefined ? words.list.regionUnknown : regionName(language, region)),
    doing: (id) => cards.doing(id),
    failureOf: (id) => cards.failureOf(id),
    stepOf: (id) => list.steps.get(id),
    copy: page.copy,
    act: (action, connection) => act(page, action, connection),
    renamed: (connection, label) => {
      if (cards.renaming !== connection.id) return;
      void cards.renamed(connection, label ?? connection.label);
      void focusOn(host, `[data-menu-of="${CSS.escape(connection.id)}"]`);
    },
  };
}

function act({ screen }: Page, action: CardAction, connection: WireConnection): void {
  const { cards, menu } = screen;
  if (action === "menu") {
    menu.toggle(connection.id);
    return;
  }
  menu.close(action !== "rename");
  if (action === "rename") cards.rename(connection);
  else if (action === "checkNow" || action === "connectAgain") void cards.check(connection);
  else if (action === "setDefault") void cards.makePrimary(connection);
  else if (action === "disconnect" || action === "remove") screen.ask(action, connection);
  else screen.add(connection);
}

function regionName(language: string, region: string): string {
  try {
    return new Intl.DisplayNames([language, "en"], { type: "region" }).of(region) ?? region;
  } catch {
    return region;
  }
}
