import type { MessageView, PhoneView, WorldView } from "./world-view.ts";

/** What runs in the browser, as text. */
export const PAGE_SCRIPT: string = `(${String(pageScript)})();\n`;

/** Fills the page and sends its forms. It runs in the browser alone, so nothing outside of it is there. */
function pageScript(): void {
  const EVERY_MS = 700;
  const DONE: Readonly<Record<string, string>> = {
    add: "The phone is there.",
    scan: "The bot is linked.",
    type: "The bot is linked.",
    restrict: "Done: it is in force from now on.",
    unlink: "Unlinked.",
  };
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const inside = <Kind extends HTMLElement = HTMLElement>(parent: ParentNode, selector: string): Kind =>
    parent.querySelector(selector) as Kind;
  const cards = new Map<string, HTMLElement>();
  let last = "";

  const make = (tag: string, text: string, className = ""): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    return element;
  };

  const notice = (text: string, isBad = false): void => {
    const place = byId("notice");
    place.className = isBad ? "bad" : "";
    place.textContent = text;
  };

  const post = async (form: Readonly<Record<string, string>>): Promise<boolean> => {
    const answer = await fetch("act", { method: "POST", body: JSON.stringify(form), headers: { "content-type": "application/json" } });
    const { error } = (await answer.json()) as { readonly error?: string };
    notice(error === undefined ? (DONE[form.action ?? ""] ?? "") : `That did not work: ${error}.`, error !== undefined);
    await refresh();
    return error === undefined;
  };

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form, event.submitter);
    if (fields.has("newest")) fields.delete("qr");
    const number = form.closest("article")?.dataset.number;
    const sent: Record<string, string> = { ...(number !== undefined && { number }), action: form.dataset.action ?? "" };
    for (const [name, value] of fields) sent[name] = String(value);
    const button = event.submitter as HTMLButtonElement;
    button.disabled = true;
    post(sent)
      .then((isDone) => {
        const kept = (form.elements.namedItem("to") as HTMLInputElement | null)?.value;
        if (isDone && form.dataset.action !== "restrict") form.reset();
        if (kept !== undefined) (form.elements.namedItem("to") as HTMLInputElement).value = kept;
      })
      .catch(() => notice("The program does not answer any more.", true))
      .finally(() => {
        button.disabled = false;
        last = "";
      });
  });

  const messageItem = ({ fromMe, other, text, at, state }: MessageView): HTMLElement => {
    const item = make("li", "", fromMe ? "mine" : "");
    const time = new Date(at).toLocaleTimeString();
    item.append(
      make("small", `${fromMe ? `to ${other}` : `from ${other}`}`),
      text,
      make("small", state === undefined ? time : `${time} · ${state}`),
    );
    return item;
  };

  const clientItem = (number: string, { id, isConnected }: PhoneView["clients"][number]): HTMLElement => {
    const item = make("li", "");
    const unlink = make("button", "Unlink");
    unlink.setAttribute("aria-label", `Unlink device ${id}`);
    unlink.addEventListener("click", () => {
      post({ action: "unlink", number, client: String(id) }).catch(() => notice("The program does not answer any more.", true));
    });
    item.append(make("span", `Device ${id}, ${isConnected ? "connected" : "away"}`, isConnected ? "on" : "off"), unlink);
    return item;
  };

  const newCard = (number: string): HTMLElement => {
    const card = inside((byId("phone") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment, "article");
    card.dataset.number = number;
    byId("phones").append(card);
    cards.set(number, card);
    return card;
  };

  const fill = ({ number, name, restriction, clients, messages, unreadable }: PhoneView, hasQr: boolean): void => {
    const card = cards.get(number) ?? newCard(number);
    inside(card, "h2").textContent = name;
    inside(card, ".number").textContent = `+${number}`;
    inside(card, ".restriction").hidden = restriction === undefined;
    inside(card, ".restriction").textContent = restriction === undefined ? "" : `restricted: ${restriction}`;
    inside(card, ".lift").hidden = restriction === undefined;
    inside(card, ".clients").replaceChildren(...clients.map((client) => clientItem(number, client)));
    // the forms step aside once a device is linked, and stay as the person then leaves them
    const count = String(clients.length);
    if (card.dataset.clients !== count) inside<HTMLDetailsElement>(card, "details").open = clients.length === 0;
    card.dataset.clients = count;
    inside<HTMLButtonElement>(card, ".newest").disabled = !hasQr;
    const list = inside(card, ".messages");
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 20;
    const lost = unreadable === 0 ? [] : [make("li", `${unreadable} could not be decrypted`)];
    list.replaceChildren(...messages.map(messageItem), ...lost);
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };

  const refresh = async (): Promise<void> => {
    const text = await (await fetch("world")).text();
    if (text === last) return;
    last = text;
    const world = JSON.parse(text) as WorldView;
    byId("url").textContent = world.url;
    for (const each of world.phones) fill(each, world.hasQr);
    byId("numbers").replaceChildren(
      ...world.phones.map(({ number, name }) => Object.assign(document.createElement("option"), { value: number, label: name })),
    );
    byId("trouble").hidden = world.complaints.length === 0;
    byId("complaints").replaceChildren(...world.complaints.map((complaint) => make("pre", complaint)));
  };

  const tick = (): void => {
    refresh()
      .catch(() => notice("The program has ended.", true))
      .finally(() => setTimeout(tick, EVERY_MS));
  };
  tick();
}
