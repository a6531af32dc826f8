// @ts-check
// The chat: what came is drawn at once, by server-sent events; a stream that is opened anew reads everything again.

/**
 * @typedef {{ id: string, chat: string, name?: string, isOurs: boolean, kind: string, text: string, at: number, status?: string, failure?: string,
 *   hasPicture: boolean }} Message
 */

const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const [heads, title, list, problem] = ["heads", "with", "messages", "problem"].map(find);
const [begin, write] = ["begin", "write"].map((id) => /** @type {HTMLFormElement} */ (find(id)));
let open = "";

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
  const response = await fetch(`/app/api${path}`, init);
  const answer = await response.json();
  problem.textContent = response.ok ? "" : answer.error.message;
  return response.ok ? answer : undefined;
}

/** @param {string} tag @param {string} text @param {string} name */
function make(tag, text = "", name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (name) element.className = name;
  return element;
}

async function readHeads() {
  const { chats = [] } = (await ask("/chats")) ?? {};
  heads.replaceChildren(
    ...chats.map((/** @type {{ chat: string, name: string, text: string }} */ { chat, name, text }) => {
      const item = make("li");
      const button = make("button");
      button.append(make("b", name), make("span", text));
      if (chat === open) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => openChat(chat, name));
      item.append(button);
      return item;
    }),
  );
  return chats;
}

/** @param {string} chat @param {string} name */
async function openChat(chat, name) {
  open = chat;
  title.textContent = name === chat ? chat : `${name} ${chat}`;
  write.hidden = false;
  list.replaceChildren();
  await Promise.all([readMessages(), readHeads()]);
}

async function readMessages() {
  if (open === "") return;
  const { messages = [] } = (await ask(`/messages?chat=${encodeURIComponent(open)}`)) ?? {};
  for (const message of messages) show(message);
}

/** @param {Message} message */
function show({ id, chat, isOurs, kind, text, at, status, failure, hasPicture }) {
  if (chat !== open) return;
  const item = make("li", "", isOurs ? "ours" : "theirs");
  item.dataset.id = id;
  if (hasPicture) {
    const picture = /** @type {HTMLImageElement} */ (make("img"));
    picture.alt = text || "A picture";
    picture.src = `/app/api/pictures?id=${encodeURIComponent(id)}`;
    item.append(picture);
  }
  const time = make("time", new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  item.append(make("p", text), make("small", [kind === "template" ? "template" : "", status ?? ""].filter(Boolean).join(", ")), time);
  if (failure) item.append(make("em", failure));
  const shown = [...list.children].find((each) => each instanceof HTMLElement && each.dataset.id === id);
  if (shown) return shown.replaceWith(item);
  list.append(item);
  item.scrollIntoView({ block: "nearest" });
}

/** @param {object} body */
function post(body) {
  const headers = { "content-type": "application/json" };
  return ask("/messages", { method: "POST", headers, body: JSON.stringify({ chat: open, ...body }) });
}

begin.addEventListener("submit", (event) => {
  event.preventDefault();
  const number = `${new FormData(begin).get("number")}`.replace(/[^+\d]/g, "");
  begin.reset();
  void openChat(number, number);
});

write.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(write);
  const [text, picture] = [`${form.get("text")}`, form.get("picture")];
  write.reset();
  if (!(picture instanceof File) || picture.size === 0) return void (await post({ text }));
  const query = new URLSearchParams({ chat: open, caption: text });
  await ask(`/pictures?${query}`, { method: "POST", headers: { "content-type": picture.type }, body: picture });
});

find("template").addEventListener("click", () => post({ template: true }));

const events = new EventSource("/app/api/events");
events.addEventListener("open", () => void Promise.all([readHeads(), readMessages()]));
events.addEventListener("message", ({ data }) => {
  show(JSON.parse(data));
  void readHeads();
});
