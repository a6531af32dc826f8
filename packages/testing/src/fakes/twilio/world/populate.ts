import { checkOptions } from "@wadesk/core/ports";
import type { FakeTwilio, TwilioAccount, TwilioSender } from "../fake-twilio.ts";
import type { FateTools } from "../messages/fate.ts";
import type { AccountState, ContactState, ContentState, SenderState, TwilioState, TwilioWebhook } from "../state.ts";
import { checkContent, usualApproval } from "./content-rules.ts";
import { lineKey, lineOf, SANDBOX_NUMBER } from "./lines.ts";
import { WEBHOOK } from "./option-kinds.ts";
import { addContact } from "./people.ts";

type Population = Pick<FakeTwilio, "addAccount" | "addSender" | "addContent" | "addContact" | "addFile" | "sandbox">;

/** What fills the fake's world. */
export function populate(tools: FateTools): Population {
  const { state } = tools;
  return {
    addAccount: (options = {}) => {
      const sid = options.sid ?? state.sid("AC");
      const account: AccountState = {
        sid,
        friendlyName: options.friendlyName ?? "Test account",
        type: options.type ?? "Full",
        status: options.status ?? "active",
        ownerSid: options.ownerSid ?? sid,
        authToken: options.authToken ?? state.hexadecimal(32),
        secondaryToken: undefined,
        sandbox: { code: "join brave-fox", installSid: state.sid("XE"), joined: new Map(), webhook: {} },
        createdAt: state.clock.now(),
      };
      state.accounts.set(sid, account);
      return accountHandle(state, account);
    },
    addSender: (options) => {
      checkOptions<TwilioWebhook>("createFakeTwilio.addSender", options.webhook ?? {}, WEBHOOK, "webhook");
      const { type } = known(state.accounts.get(options.accountSid), "account", options.accountSid);
      if (type === "Trial") throw new Error("a trial account can have no sender: use the sandbox, or an account of type Full");
      const sender: SenderState = {
        sid: options.sid ?? state.sid("XE"),
        accountSid: options.accountSid,
        number: options.number ?? `+1555${(BigInt(`0x${state.hexadecimal(12)}`) % 10_000_000n).toString().padStart(7, "0")}`,
        status: options.status ?? "ONLINE",
        webhook: options.webhook ?? {},
        profile: { name: options.name ?? "Test Shop" },
        wabaId: (10n ** 14n + (BigInt(`0x${state.hexadecimal(16)}`) % (9n * 10n ** 14n))).toString(),
      };
      if (state.senders.some(({ number }) => number === sender.number)) throw new Error(`there is a sender ${sender.number} already`);
      state.senders.push(sender);
      return senderHandle(sender);
    },
    addContent: (options) => {
      known(state.accounts.get(options.accountSid), "account", options.accountSid);
      const types = options.types ?? {
        "twilio/text": { body: Object.keys(options.variables ?? {}).reduce((text, name) => `${text} {{${name}}}`, "Hello") },
      };
      const given = options.approval ?? usualApproval(types);
      checkContent(types, given);
      const content: ContentState = {
        sid: options.sid ?? state.sid("HX"),
        accountSid: options.accountSid,
        friendlyName: options.friendlyName ?? "greeting",
        language: options.language ?? "en",
        variables: options.variables ?? {},
        types,
        approval: given,
        category: options.category ?? "UTILITY",
        createdAt: state.clock.now(),
      };
      state.contents.set(content.sid, content);
      const setApproval = (approval: ContentState["approval"]): void => {
        checkContent(types, approval);
        content.approval = approval;
      };
      return { sid: content.sid, setApproval };
    },
    addContact: (options = {}) => addContact(tools, options),
    addFile: ({ url, contentType, bytes, size = bytes?.length ?? 1024, status = 200 }) =>
      void state.files.set(url, { contentType, size, status }),
    sandbox: {
      number: SANDBOX_NUMBER,
      join: (who, accountSid) => {
        const account = sandboxOwner(state, accountSid);
        const contact = contactOf(state, who);
        const at = state.clock.now();
        account.sandbox.joined.set(contact, at);
        // to join is to write
        const line = lineOf(state, account, SANDBOX_NUMBER);
        if (line) contact.wroteAt.set(lineKey(line), at);
      },
      leave: (who, accountSid) => void sandboxOwner(state, accountSid).sandbox.joined.delete(contactOf(state, who)),
      setWebhook: (webhook, accountSid) => {
        checkOptions<TwilioWebhook>("sandbox.setWebhook", webhook, WEBHOOK);
        Object.assign(sandboxOwner(state, accountSid).sandbox, { webhook });
      },
    },
  };
}

function accountHandle(state: TwilioState, account: AccountState): TwilioAccount {
  const addSecondaryToken = (token: string = state.hexadecimal(32)): string => {
    account.secondaryToken = token;
    return token;
  };
  const promoteToken = (): string => {
    if (account.secondaryToken === undefined) throw new Error("there is no secondary token to promote");
    account.authToken = account.secondaryToken;
    account.secondaryToken = undefined;
    return account.authToken;
  };
  return {
    sid: account.sid,
    get authToken() {
      return account.authToken;
    },
    addSecondaryToken,
    promoteToken,
    rotateToken: (token) => {
      addSecondaryToken(token);
      return promoteToken();
    },
    setStatus: (status) => {
      account.status = status;
    },
  };
}

function senderHandle(sender: SenderState): TwilioSender {
  return {
    sid: sender.sid,
    number: sender.number,
    get webhook() {
      return sender.webhook;
    },
    setStatus: (status) => {
      sender.status = status;
    },
    setWebhook: (webhook) => {
      checkOptions<TwilioWebhook>("sender.setWebhook", webhook, WEBHOOK);
      sender.webhook = webhook;
    },
  };
}

function contactOf(state: TwilioState, { userId }: { readonly userId: string }): ContactState {
  return known(
    state.contacts.find((contact) => contact.userId === userId),
    "contact",
    userId,
  );
}

function sandboxOwner(state: TwilioState, sid: string | undefined): AccountState {
  const [first] = state.accounts.values();
  return known(sid === undefined ? first : state.accounts.get(sid), "account", sid ?? "at all");
}

function known<Found>(found: Found | undefined, what: string, id: string): Found {
  if (found === undefined) throw new Error(`the fake Twilio has no ${what} ${id}: add it first`);
  return found;
}
