import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { bannersOf } from "../state/banners.ts";
import { banners } from "../views/banners.ts";
import { button } from "../views/button.ts";
import { type ListContext, OFFLINE_ID, ofChannel } from "../views/context.ts";
import { head } from "../views/head.ts";
import { type ListActions, listView } from "../views/list.ts";
import type { Page } from "./page.ts";

/** The page of the list. */
export function listPage(
  page: Page,
  context: ListContext,
  /** What stands in place of the list on a channel with one sender for a workspace. */
  sender: (connection: WireConnection | undefined) => TemplateResult | undefined = () => undefined,
): TemplateResult {
  const { screen, words, pageSize } = page;
  const { list, hidden } = screen;
  const { state } = list.list;
  const { channel, offline, mayChange } = context;
  const standing = list.standing.state;
  const shown = state.kind === "shown" ? state : undefined;
  const add = addButton(page, context);
  const { titles, lines, connectedCount } = words.frame;
  const at = standing.kind === "offline" ? context.times.clock(standing.since) : undefined;
  const connected = shown?.counts.connected;
  return html`${head({
    title: ofChannel(titles, channel),
    level: page.headingLevel,
    line: channel === "twilio" && shown?.counts.all === 0 ? words.frame.twilioLine : ofChannel(lines, channel),
    ...(connected !== undefined && { counter: { tone: offline || connected === 0 ? "off" : "ok", text: connectedCount(connected, at) } }),
    action: mayChange && shown !== undefined && shown.counts.all > 0 && screen.list.channel?.maxPerWorkspace !== 1 ? add : nothing,
  })}
  ${banners(shown === undefined ? [] : bannersOf(shown.items, hidden), {
    list: context,
    // where nothing is shown, that says enough
    standing: state.kind === "failed" ? { kind: "connecting" } : standing,
    all: screen.allBanners,
    failure: shown?.failure?.code,
    showAll: () => screen.showAllBanners(),
    show: (id) => screen.show(id),
    hide: (id) => screen.hide(id),
    retry: () => void list.load(),
  })}
  ${(shown && sender(shown.items[0])) ?? listView(state, context, actionsOf(page), { as: layoutOf(page, shown?.counts.all ?? 0), pageSize, add })}`;
}

function actionsOf({ screen, layOut }: Page): ListActions {
  const { list } = screen;
  return {
    choose: (part, value) => list.filter(part, value),
    search: (text) => list.search(text),
    showAll: () => list.showAll(),
    more: () => void screen.more(),
    welcome: () => list.list.send({ type: "welcomed" }),
    retry: () => void list.load(),
    layout: layOut,
  };
}

function layoutOf({ layout, pageSize }: Page, count: number): "cards" | "list" {
  if (layout === "cards" || layout === "list") return layout;
  return count > pageSize ? "list" : "cards";
}

function addButton({ screen, words }: Page, { offline, channel }: ListContext): TemplateResult {
  return button({
    text: ofChannel(words.frame.add, channel),
    glyph: "plus",
    look: "primary",
    off: offline,
    because: OFFLINE_ID,
    press: () => screen.add(),
  });
}
