import type { VendorsView } from "./vendors-view.ts";

/** What runs in the browser, as text. */
export const VENDORS_SCRIPT: string = `(${String(vendorsScript)})();\n`;

/** Fills the page and sends its forms. It runs in the browser alone, so nothing outside of it is there. */
function vendorsScript(): void {
  const EVERY_MS = 700;
  const NAMES: Readonly<Record<string, string>> = { meta: "Meta", twilio: "Twilio", whatsapp: "WhatsApp Web" };
  const DONE: Readonly<Record<string, string>> = {
    person: "Added.",
    type: "The application is linked.",
    scan: "The application is linked.",
    unlink: "Unlinked.",
    verify: "Meta has verified the webhook.",
    subscribe: "The app is subscribed.",
  };
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const inside = <Kind extends HTMLElement = HTMLElement>(parent: ParentNode, selector: string): Kind =>
    parent.querySelector(selector) as Kind;
  const nameOf = (vendor: string): string => NAMES[vendor] ?? vendor;
  let last = "";

  const make = (tag: string, text: string, className = ""): HTMLElement => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.className = className;
    return element;
  };

  const notice = (text: string, isBad = false): void => {
    byId("notice").className = isBad ? "bad" : "";
    byId("notice").textContent = text;
  };
  const gone = (): void => notice("The program has ended: start it again.", true);

  const post = async (form: Readonly<Record<string, string>>): Promise<boolean> => {
    const answer = await fetch("act", { method: "POST", body: JSON.stringify(form), headers: { "content-type": "application/json" } });
    const { error } = (await answer.json()) as { readonly error?: string };
    notice(error === undefined ? (DONE[form.action ?? ""] ?? "") : `That did not work: ${error}.`, error !== undefined);
    await refresh();
    return error === undefined;
  };

  const button = (key: string, text: string, form: () => Readonly<Record<string, string>>): HTMLButtonElement => {
    const made = make("button", text) as HTMLButtonElement;
    made.dataset.key = key;
    made.addEventListener("click", () => void post(form()).catch(gone));
    return made;
  };

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const phone = form.closest("article")?.dataset.phone;
    const sent: Record<string, string> = { action: form.dataset.action ?? "", ...(phone !== undefined && { phone }) };
    for (const [name, value] of new FormData(form)) sent[name] = String(value);
    post(sent)
      .then((isDone) => {
        // the vendor stays chosen
        if (isDone) for (const input of form.querySelectorAll("input")) input.value = "";
      })
      .catch(gone);
  });

  const row = (...cells: readonly (string | Node)[]): HTMLElement => {
    const made = make("tr", "");
    for (const cell of cells) {
      const place = make("td", "");
      place.append(cell);
      made.append(place);
    }
    return made;
  };

  // what is asked for anew each time would lose the focus and the words that are being typed
  const showPeople = (people: VendorsView["people"], vendors: VendorsView["vendors"]): void => {
    for (const { phone, name, isAtOnce } of people) {
      const known = document.querySelector<HTMLElement>(`article[data-phone="${phone}"]`);
      const card = known ?? inside((byId("person") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment, "article");
      const byHand = inside<HTMLInputElement>(card, ".by-hand");
      if (known === null) {
        card.dataset.phone = phone;
        inside(card, "h3").textContent = `${name}, ${phone}`;
        const choices = vendors.map((vendor) =>
          Object.assign(document.createElement("option"), { value: vendor.name, label: nameOf(vendor.name) }),
        );
        inside(card, "select").append(...choices);
        byHand.addEventListener("change", () => void post({ action: "by_hand", phone, on: byHand.checked ? "yes" : "no" }).catch(gone));
        byId("people").append(card);
      }
      byHand.checked = !isAtOnce;
    }
  };

  const showSent = (sent: VendorsView["sent"]): void => {
    const rows = sent.map(({ vendor, id, to, kind, text, status, code, next }) => {
      const buttons = make("span", "");
      buttons.append(...next.map((each) => button(`${id} ${each}`, each, () => ({ action: "status", vendor, id, status: each }))));
      const isBad = status === "failed" || status === "undelivered";
      const standing = make("span", code === undefined ? status : `${status} (${code})`, isBad ? "bad" : "");
      const what = make("span", text);
      if (kind !== "text") what.prepend(make("small", kind));
      return row(nameOf(vendor), to, what, standing, buttons);
    });
    byId("sent").replaceChildren(...rows);
  };

  const showWebhooks = ({ webhooks, deliveries }: VendorsView): void => {
    byId("webhooks").textContent = webhooks.url;
    byId("trouble").textContent =
      webhooks.trouble === undefined ? "Meta has verified it." : `Meta does not call it yet: ${webhooks.trouble}.`;
    byId("trouble").className = webhooks.trouble === undefined ? "good" : "bad";
    const rows = deliveries.map(({ vendor, about, url, isSigned, attempt, status }) => {
      const isGood = status !== undefined && status >= 200 && status < 300;
      const where = make("span", new URL(url).pathname);
      where.append(make("small", isSigned ? "signed" : "not signed"));
      return row(
        nameOf(vendor),
        about,
        where,
        String(attempt),
        make("span", status === undefined ? "none" : String(status), isGood ? "good" : "bad"),
      );
    });
    byId("deliveries").replaceChildren(...rows);
  };

  const showFaults = ({ vendors, faults }: VendorsView): void => {
    const groups = vendors.map(({ name }) => {
      const group = make("div", "");
      group.append(make("h3", nameOf(name)));
      for (const { vendor, id, label, isState, standing } of faults) {
        if (vendor !== name) continue;
        const isOn = standing === "waiting";
        const made = button(`${vendor} ${id}`, label, () => {
          const lasting = (byId("lasting") as HTMLInputElement).checked ? "yes" : "no";
          return isOn ? { action: "end_fault", vendor, fault: id } : { action: "fault", vendor, fault: id, lasting };
        });
        made.setAttribute("aria-pressed", String(isOn));
        if (isOn) made.append(make("small", isState ? " · holds, click to end it" : " · waits, click to end it"));
        else if (standing === "struck") made.append(make("small", " · has struck"));
        group.append(made);
      }
      return group;
    });
    byId("faults").replaceChildren(...groups);
  };

  const showPhone = (phone: VendorsView["whatsapp"]): void => {
    byId("phone").hidden = phone === undefined;
    if (phone === undefined) return;
    byId("phone-number").textContent = phone.number;
    (byId("phones") as HTMLAnchorElement).href = phone.pageUrl;
    byId("clients").replaceChildren(
      ...phone.clients.map(({ id, isConnected }) => make("li", `Device ${id}, ${isConnected ? "connected" : "away"}`)),
    );
    byId("complaints").replaceChildren(...phone.complaints.map((complaint) => make("pre", complaint)));
  };

  const refresh = async (): Promise<void> => {
    const text = await (await fetch("world")).text();
    if (text === last) return;
    last = text;
    const held = (document.activeElement as HTMLElement | null)?.dataset.key;
    const view = JSON.parse(text) as VendorsView;
    byId("vendors").replaceChildren(...view.vendors.map(({ name, url }) => make("li", `${nameOf(name)} ${url}`)));
    showPeople(view.people, view.vendors);
    showPhone(view.whatsapp);
    showSent(view.sent);
    showWebhooks(view);
    showFaults(view);
    // the button that was pressed was made anew
    if (held !== undefined) for (const each of document.querySelectorAll("button")) if (each.dataset.key === held) each.focus();
  };

  const tick = (): void => {
    refresh()
      .catch(gone)
      .finally(() => setTimeout(tick, EVERY_MS));
  };
  tick();
}
