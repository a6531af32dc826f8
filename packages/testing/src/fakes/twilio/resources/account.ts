import type { Operation } from "../api/call.ts";
import { rfc2822 } from "../api/dates.ts";

const SUBRESOURCES = ["available_phone_numbers", "calls", "incoming_phone_numbers", "messages", "recordings", "usage"];
const FILES: Readonly<Record<string, string>> = {
  available_phone_numbers: "AvailablePhoneNumbers",
  incoming_phone_numbers: "IncomingPhoneNumbers",
};

/** `GET /2010-04-01/Accounts/{Sid}.json`. */
export const fetchAccount: Operation = ({ account, state }) => {
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  const written = SUBRESOURCES.map((name) => [name, `${uri}/${FILES[name] ?? name[0]?.toUpperCase() + name.slice(1)}.json`]);
  return {
    body: {
      status: account.status,
      date_updated: rfc2822(state.clock.now()),
      auth_token: account.authToken,
      friendly_name: account.friendlyName,
      owner_account_sid: account.ownerSid,
      uri: `${uri}.json`,
      sid: account.sid,
      date_created: rfc2822(account.createdAt),
      type: account.type,
      subresource_uris: Object.fromEntries(written),
    },
  };
};
