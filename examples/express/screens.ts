/** Asks for what a browser would: the page, the screen's script, and as the owner the numbers and the chats. Answers a line for each, and rejects with what is missing. */
export async function askScreens(url: string): Promise<readonly string[]> {
  const page = await textOf(`${url}/`);
  if (!page.includes("Choose who you are")) throw new Error("the first page does not say what it is");
  // the address that never changes imports the version in force
  const [, script] = /^import "\.\/(script\/[^"]+)";$/m.exec(await textOf(`${url}/wadesk/script`)) ?? [];
  if (script === undefined || !(await textOf(`${url}/wadesk/${script}`)).includes("wadesk-devices"))
    throw new Error("the script of the Devices screen is another");
  const cookie = await signIn(url);
  const { items } = JSON.parse(await textOf(`${url}/wadesk/connections`, { cookie })) as {
    readonly items: readonly { readonly phone?: string }[];
  };
  const { chats } = JSON.parse(await textOf(`${url}/app/api/chats`, { cookie })) as {
    readonly chats: readonly { readonly name: string }[];
  };
  if (!chats.some(({ name }) => name === "Ana")) throw new Error("the chat with Ana is not among the chats");
  const stranger = await fetch(`${url}/app/api/chats`);
  if (stranger.status !== 401) throw new Error(`who is not signed in was answered ${stranger.status}`);
  const numbers = items.map(({ phone }) => phone).join(", ");
  return [
    "the first page, and the script of the Devices screen",
    `Devices as the owner: ${numbers}`,
    "Chats: Ana",
    "a stranger is refused",
  ];
}

async function signIn(url: string): Promise<string> {
  const headers = { origin: url };
  const { headers: given } = await fetch(`${url}/app/login`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ who: "owen" }),
    redirect: "manual",
  });
  const [cookie] = given.get("set-cookie")?.split(";") ?? [];
  if (cookie === undefined) throw new Error("the owner could not sign in");
  return cookie;
}

async function textOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
