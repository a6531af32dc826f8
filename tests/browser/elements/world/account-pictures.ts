import type { SignupAttempt } from "@wadesk/core";
import type { Page } from "playwright-core";
import type { AccountState } from "../../../../packages/devices/src/elements/account/state/account.ts";
import { never, ofVendors, type Picture, type Scene } from "./picture.ts";
import type { VendorsScreen } from "./vendors-screen.ts";
import { linkOf, NOW } from "./wire-fixtures.ts";

const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).first().click();
const heading = (page: Page, name: string | RegExp): Promise<void> => page.getByRole("heading", { name }).first().waitFor();
const shown = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();
const offersDialog = ({ wadesk }: VendorsScreen): Promise<unknown> =>
  wadesk.settings.change("cloud-api", { configId: "1234567890" } as never);

function accountAt({ meta, app }: VendorsScreen) {
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId, verifiedName: "Acme Store" });
  return { wabaId, phoneNumberId, accessToken: meta.addToken({ appId: app.id, wabaIds: [wabaId] }) };
}

async function fill(page: Page, given: ReturnType<typeof accountAt>): Promise<void> {
  await press(page, "Add WABA account");
  await page.getByLabel("Phone Number ID", { exact: true }).fill(given.phoneNumberId);
  await page.getByLabel("WABA ID", { exact: true }).fill(given.wabaId);
  await page.getByLabel("Access Token", { exact: true }).fill(given.accessToken);
  await press(page, "Connect");
}

async function connectTwilio({ twilio, wadesk }: VendorsScreen): Promise<void> {
  const { sid: accountSid, authToken } = twilio.addAccount();
  const { number: from } = twilio.addSender({ accountSid });
  await wadesk.workspace("acme").connect("twilio", { accountSid, authToken, from, mode: "production" } as never);
}

async function lendTwilio({ twilio, wadesk }: VendorsScreen): Promise<void> {
  const { sid: accountSid, authToken } = twilio.addAccount();
  const senders = ["+551130000000", "+551130000001"].map((number) => ({ workspaceId: "acme", number }));
  await wadesk.settings.change("twilio", { accountSid, authToken: { add: authToken }, senders } as never);
}

const NUMBER = { id: "106540352242922", label: "Acme Store", phone: "+551140000000" } as const;
const ATTEMPT = { id: "sgn_1", kind: "cloud-api", at: "code", checks: [], numbers: [], createdAt: NOW, expiresAt: NOW + 900_000 } as const;
const begun = (): Response => Response.json({ ...ATTEMPT, state: "sgn_1.s", opening: { type: "url", url: "http://127.0.0.1:9/dialog" } });

/** A signup of which this is told once its window is open. */
const attempt = (name: string, told: Partial<SignupAttempt>, at: string | RegExp): Picture =>
  ofVendors({
    name,
    prepare: offersDialog,
    instead: { "POST /signups": begun, "GET /signups/sgn_1": () => Response.json({ ...ATTEMPT, ...told }) },
    async go(page) {
      await press(page, "Add WABA account");
      await press(page, "Continue with Facebook");
      await heading(page, at);
    },
  });

const form = (name: string, scene: Omit<Scene, "name">): Picture => ofVendors({ name, ...scene });

/** The dialog of connecting a number, and Twilio's page: for each state it can be in, the pictures of it. A state that is new does not compile without one. */
export const ACCOUNT_PICTURES: Readonly<Record<Exclude<AccountState["kind"], "closed">, readonly [Picture, ...Picture[]]>> = {
  doors: [
    form("account-doors", {
      prepare: offersDialog,
      async go(page) {
        await press(page, "Add WABA account");
        await page.getByRole("button", { name: "Continue with Facebook" }).waitFor();
      },
    }),
    form("account-ended", {
      prepare: offersDialog,
      instead: {
        "POST /signups": () =>
          Response.json({ error: { code: "signup_not_found", remedy: "none", message: "it is gone" } }, { status: 404 }),
      },
      async go(page) {
        await press(page, "Add WABA account");
        await press(page, "Continue with Facebook");
        await shown(page, "Nothing is connected. Open it again.");
      },
    }),
  ],
  waiting: [
    form("account-waiting", {
      prepare: offersDialog,
      instead: { "POST /signups": begun, "GET /signups/sgn_1": never },
      async go(page) {
        await press(page, "Add WABA account");
        await press(page, "Continue with Facebook");
        await shown(page, "Finish in Meta’s window");
      },
    }),
  ],
  signup: [
    attempt(
      "signup-choose",
      {
        at: "question",
        question: { type: "choose_numbers", numbers: [NUMBER, { ...NUMBER, id: "2", label: "Acme Care", connected: "elsewhere" }] },
      },
      "Choose the numbers to connect",
    ),
    attempt("signup-pin", { at: "question", question: { type: "pin", number: NUMBER } }, /^Two-step PIN/),
    attempt("signup-code", { at: "question", question: { type: "verification_code", number: NUMBER, sentBy: "voice" } }, /^Verify/),
    attempt(
      "signup-connecting",
      { at: "connecting", checks: [{ name: "token", state: "passed" }], numbers: [{ ...NUMBER, state: "waiting" }] },
      "Connecting with Meta",
    ),
    attempt(
      "signup-done",
      {
        at: "done",
        numbers: [
          { ...NUMBER, state: "connected" },
          { ...NUMBER, id: "2", label: "Acme Care", state: "failed" },
        ],
      },
      "1 of 2 numbers are connected",
    ),
  ],
  form: [
    form("account-form", {
      async go(page) {
        await press(page, "Add WABA account");
        await page.getByText("Use our own Meta app").click();
        await page.getByText("Where to find").first().click();
      },
    }),
    form("account-form-wrong", {
      async go(page) {
        await press(page, "Add WABA account");
        await press(page, "Connect");
        await shown(page, "This is missing.");
      },
    }),
    form("account-reconnect", {
      async prepare(screen) {
        const { accessToken, ...ids } = accountAt(screen);
        const { id } = await screen.wadesk.workspace("acme").connect("cloud-api", { ...ids, accessToken } as never);
        screen.meta.expireToken(accessToken);
        await screen.wadesk.workspace("acme").check(id);
      },
      async go(page) {
        await press(page, "Reconnect: Acme Store");
        await page.getByLabel("New Access Token").waitFor();
      },
    }),
    form("twilio-form", { active: "twilio", go: (page) => page.getByLabel("Account SID").waitFor() }),
    form("twilio-inherit", {
      active: "twilio",
      prepare: lendTwilio,
      async go(page) {
        await page.getByRole("radio", { name: /^Admin default/ }).check();
        await page.getByRole("combobox", { name: "From number" }).selectOption("+551130000001");
      },
    }),
    form("twilio-wrong", {
      active: "twilio",
      async go(page) {
        await press(page, "Save & test");
        await shown(page, "This is missing.");
      },
    }),
    form("twilio-card", { active: "twilio", prepare: connectTwilio, go: (page) => page.getByText("Receive replies").waitFor() }),
    form("twilio-rotate", {
      active: "twilio",
      prepare: connectTwilio,
      async go(page) {
        await press(page, "Reconnect / rotate");
        await page.getByLabel("New Auth Token").waitFor();
      },
    }),
    form("confirm-disconnect-twilio", {
      active: "twilio",
      prepare: connectTwilio,
      async go(page) {
        await press(page, "Disconnect…");
        await page.getByRole("alertdialog", { name: "Disconnect Twilio?" }).waitFor();
      },
    }),
  ],
  checking: [
    form("account-checking", {
      instead: {
        "POST /connections": () => Response.json(linkOf({ steps: [{ type: "check", name: "access_token", state: "passed" }] })),
        "GET /connections/con_8f2a/link": never,
      },
      async go(page, screen) {
        await fill(page, accountAt(screen));
        await heading(page, "Checking with Meta");
      },
    }),
  ],
  refused: [
    form("account-refused", {
      async go(page, screen) {
        const given = accountAt(screen);
        screen.meta.dropScope(given.accessToken, "whatsapp_business_management");
        await fill(page, given);
        await heading(page, "One check did not pass");
      },
    }),
  ],
  connected: [
    form("account-connected", {
      async go(page, screen) {
        await fill(page, accountAt(screen));
        await heading(page, "Acme Store is connected");
      },
    }),
  ],
};
