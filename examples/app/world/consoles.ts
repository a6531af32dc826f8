import type { FakeWorld } from "./fake-world.ts";
import type { PanelGroup } from "./panel-group.ts";

const ACCOUNT_BANNED = "DISABLE";
const ACCOUNT_BACK = "REINSTATE";

/** Meta's consoles: what the form of the Cloud API asks for, and what can happen to an account. */
export function metaGroup({ fake, app, input, otherNumberId }: FakeWorld["meta"]): PanelGroup {
  const { wabaId } = input;
  let token = input.accessToken;
  let isBanned = false;
  const tell = (state: string): void => {
    isBanned = state === ACCOUNT_BANNED;
    fake.notify(wabaId, "account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: state } });
  };
  return {
    view: () => ({
      title: "Meta",
      facts: [
        ["Phone Number ID", input.phoneNumberId],
        ["Another one", otherNumberId],
        ["WABA ID", wabaId],
        ["Access Token", token],
      ],
      actions: [
        { id: "meta expire", label: "Expire the token" },
        { id: "meta scope", label: "Take a scope from the token" },
        { id: "meta token", label: "Make a new token" },
        isBanned ? { id: "meta reinstate", label: "Reinstate the account" } : { id: "meta ban", label: "Ban the account" },
      ],
    }),
    acts: {
      "meta expire": () => fake.expireToken(token),
      "meta scope": () => fake.dropScope(token, "whatsapp_business_management"),
      "meta token": () => {
        token = fake.addToken({ appId: app.id, wabaIds: [wabaId] });
      },
      "meta ban": () => tell(ACCOUNT_BANNED),
      "meta reinstate": () => tell(ACCOUNT_BACK),
    },
  };
}

/** Twilio's console. */
export function twilioGroup({ account, sender }: FakeWorld["twilio"]): PanelGroup {
  return {
    view: () => ({
      title: "Twilio",
      facts: [
        ["Account SID", account.sid],
        ["Auth Token", account.authToken],
        ["From number", sender.number],
      ],
      actions: [
        { id: "twilio rotate", label: "Rotate the Auth Token" },
        { id: "twilio offline", label: "Take the sender offline" },
        { id: "twilio online", label: "Bring it back" },
      ],
    }),
    acts: {
      "twilio rotate": () => account.rotateToken(),
      "twilio offline": () => sender.setStatus("OFFLINE"),
      "twilio online": () => sender.setStatus("ONLINE"),
    },
  };
}
