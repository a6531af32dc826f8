import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../../wire/connection.ts";
import type { WireChannel } from "../../../wire/setup.ts";
import { copyLine } from "../../views/copy-line.ts";
import { button } from "../../views/button.ts";
import { standing, tile } from "../../views/card.ts";
import { type ListContext, levelOf, time } from "../../views/context.ts";
import { facts } from "../../views/facts.ts";
import { fold } from "../../views/field.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import { rich } from "../../views/rich.ts";
import type { AccountState } from "../state/account.ts";
import type { AccountContext } from "./context.ts";
import { twilioForm } from "./twilio-form.ts";

/** A workspace's one sender: its card, or the form that connects it, and beside either where replies come in. */
export function twilioPage(
  connection: WireConnection | undefined,
  state: AccountState,
  channel: WireChannel,
  list: ListContext,
  account: AccountContext,
): TemplateResult {
  const form = connection === undefined && "form" in state ? twilioForm(state, account) : nothing;
  return html`<div class="split">
    ${connection === undefined ? (list.mayChange ? form : note({ glyph: "lock", text: list.words.frame.onlyOwners })) : senderCard(connection, list, account)}
    ${replies(channel, list, account)}
  </div>`;
}

function senderCard(connection: WireConnection, context: ListContext, { words }: AccountContext): TemplateResult {
  const { act, mayChange, offline, times } = context;
  const { account, list } = words;
  const { label, phone = label, connectedAt, facts: known, id } = connection;
  const failure = context.failureOf(id);
  const doing = context.doing(id);
  return html`<article class="panel" part="card" aria-labelledby="sender" data-id=${id}>
    <div class="panel-body stack">
      <div class="card-head">${tile("twilio")}
        <div class="card-id"><h3 id="sender" tabindex="-1" data-title-of=${id} aria-level=${levelOf(context.level, 3)}><span class="num">${phone}</span></h3><span class="muted small">${label}</span></div>
      </div>
      <p class="state">${standing(connection, context)}</p>
      ${failure === undefined ? nothing : note({ tone: "bad", glyph: "warn", role: "alert", text: failure })}
      ${facts(connection, context) ?? nothing}
      ${connectedAt === undefined ? nothing : html`<p class="state">${account.connectedSince} ${time(connectedAt, times.date(connectedAt))}</p>`}
      <p class="state">${
        known?.webhookAt === undefined
          ? html`${glyph("state-pending", "g-wait")}<span class="muted">${account.repliesNone}</span>`
          : html`${glyph("passed", "g-ok")}<span class="muted">${account.repliesArrive} ${time(known.webhookAt, times.ago(known.webhookAt))}.</span>`
      }</p>
    </div>
    ${
      mayChange
        ? html`<div class="panel-foot"><div class="actions">
            ${button({ text: account.rotate, glyph: "key", off: offline, press: () => act("reconnect", connection) })}
            ${button({ text: doing === "check" ? list.checking : list.checkNow, off: offline || doing !== undefined, press: () => act("checkNow", connection) })}
          </div>${button({ text: list.disconnect, look: "quiet", off: offline, press: () => act("disconnect", connection) })}
          ${button({ text: list.remove, look: "quiet", off: offline, press: () => act("remove", connection) })}</div>`
        : nothing
    }
  </article>`;
}

function replies({ addresses }: WireChannel, { level }: ListContext, context: AccountContext): TemplateResult {
  const { account } = context.words;
  const [address] = addresses;
  return html`<section class="panel" part="panel" aria-labelledby="replies">
    <div class="panel-head"><h3 id="replies" aria-level=${levelOf(level, 3)}>${account.repliesTitle}</h3><p>${account.repliesText}</p></div>
    <div class="panel-body">
      ${
        address === undefined
          ? note({ glyph: "warn", text: account.repliesNoAddress })
          : html`<div class="url"><span class="field-label">${account.repliesAddress}</span>${copyLine(address, account.repliesAddress, context)}</div>`
      }
      ${fold(account.repliesWhere, html`<p>${rich(account.repliesHow)}</p>`)}
    </div>
  </section>`;
}
