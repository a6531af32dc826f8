import type { WadeskError } from "@wadesk/core";
import { checkOptions, isWebAddress, millisecondsOption, optionInvalid, secretList } from "@wadesk/core/ports";

/** A number of the admin's account that one workspace may connect without credentials of its own. */
export interface AssignedSender {
  /** Your id of the tenant. */
  readonly workspaceId: string;
  /** E.164 with the plus. */
  readonly number: string;
}

/** What `twilio()` takes. The first four are defaults that an admin's stored settings override; the others hold for the process. */
export interface TwilioOptions {
  /** The admin's account (AC…), which workspaces inherit that type none of their own. */
  readonly accountSid?: string | undefined;
  /** Its Auth Token; several during a rotation: all verify webhooks, the last one sends. */
  readonly authToken?: string | readonly string[] | undefined;
  /** Which workspace may use which number of the admin's account. Without a row nobody inherits anything. */
  readonly senders?: readonly AssignedSender[] | undefined;
  /**
   * Where Twilio reports what became of a message: `<publicUrl>/webhooks/whatsapp/inbound` by default. Any address that leads there, told to Twilio as it
   * is written; calls are verified against it and against `publicUrl`. It may end with a connection
   * override such as `#rc=5&rp=5xx,ct,rt`, which makes Twilio try again when an answer fails.
   * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
   */
  readonly webhookUrl?: string | undefined;
  /** One address in place of Twilio's api, messaging and content hosts, e.g. of a fake. */
  readonly apiUrl?: string | undefined;
  /** Milliseconds that one call to Twilio may take; 30000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before a call that is safe to repeat is repeated; 300 by default, then twice as long. */
  readonly retryDelayMs?: number | undefined;
}

/** The channel's platform-wide settings. */
export interface TwilioSettings {
  /** The admin's account, `AC…`. */
  readonly accountSid?: string;
  /** Its Auth Tokens: all verify, the last one sends. */
  readonly authToken: readonly string[];
  /** Which workspace may use which number of the admin's account. */
  readonly senders: readonly AssignedSender[];
  /** Where Twilio reports what became of a message. */
  readonly webhookUrl?: string;
}

/** How Twilio is reached, for the life of the process. */
export interface Transport {
  readonly apiUrl?: string;
  readonly timeoutMs: number;
  readonly retryDelayMs: number;
}

/** Whether a text is an Account SID. */
export function isAccountSid(text: string): boolean {
  return /^AC[0-9a-f]{32}$/i.test(text);
}

/** What stands in the place of an Account SID, as a code and in words; nothing where it is one. */
export function sidProblem(text: string): readonly [code: string, message: string] | undefined {
  if (isAccountSid(text)) return undefined;
  if (/^SK/i.test(text)) return ["looks_like_api_key", "is an API key"];
  if (/^[0-9a-f]{32}$/i.test(text)) return ["looks_like_auth_token", "looks like the Auth Token"];
  return ["wrong_form", "must be AC and 32 characters from 0-9 and a-f"];
}

/** A typed number as E.164, with or without Twilio's prefix, spaces, dots, hyphens and parentheses; nothing when it is none. */
export function readNumber(text: string): string | undefined {
  const number = text
    .trim()
    .replace(/^whatsapp:/i, "")
    .replace(/[\s().-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
}

/** Reads the options, white space trimmed. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: TwilioOptions): { readonly defaults: TwilioSettings; readonly transport: Transport } {
  checkOptions<TwilioOptions>("twilio", options, {
    accountSid: "text",
    authToken: "texts",
    senders: "list",
    webhookUrl: "text",
    apiUrl: "text",
    timeoutMs: "number",
    retryDelayMs: "number",
  });
  const accountSid = options.accountSid?.trim();
  const webhookUrl = options.webhookUrl?.trim();
  const apiUrl = options.apiUrl?.trim();
  const wrongSid = accountSid && sidProblem(accountSid);
  if (wrongSid) throw invalid("accountSid", `${wrongSid[1]}; give the Account SID (AC…), as Twilio's console shows it`, wrongSid[0]);
  if (webhookUrl && !isWebAddress(webhookUrl)) throw invalid("webhookUrl", "must be an http(s) address", "not_an_address");
  if (apiUrl && !isWebAddress(apiUrl)) throw invalid("apiUrl", "must be an http(s) address", "not_an_address");
  return {
    defaults: {
      ...(accountSid && { accountSid }),
      authToken: readTokens(secretList(options.authToken)),
      senders: (options.senders ?? []).map(readSender),
      ...(webhookUrl && { webhookUrl }),
    },
    transport: {
      ...(apiUrl && { apiUrl: apiUrl.replace(/\/+$/, "") }),
      timeoutMs: millisecondsOption("twilio", options.timeoutMs ?? 30_000, "timeoutMs"),
      retryDelayMs: millisecondsOption("twilio", options.retryDelayMs ?? 300, "retryDelayMs"),
    },
  };
}

/** What is missing for the channel to work, one sentence each with its remedy. */
export function missingSettings({ accountSid, authToken, senders }: TwilioSettings): readonly string[] {
  const inherits = accountSid !== undefined || authToken.length > 0 || senders.length > 0;
  if (!inherits) return [];
  return [
    ...(accountSid === undefined
      ? ["twilio has no accountSid, so no workspace can use the admin's account: set it to the Account SID"]
      : []),
    ...(authToken.length === 0
      ? ["twilio has no authToken, so webhooks of the admin's account are refused: set it to the account's primary Auth Token"]
      : []),
    ...(senders.length === 0 ? ["twilio has no senders, so no workspace can use the admin's account: assign each a number"] : []),
  ];
}

function readSender(sender: AssignedSender, index: number): AssignedSender {
  const field = `senders.${index}`;
  checkOptions<AssignedSender>("twilio", sender, { workspaceId: "text", number: "text" }, field);
  const { workspaceId = "", number = "" } = sender;
  const read = readNumber(number);
  if (read === undefined) throw invalid(`${field}.number`, 'must be "+" with country code and number', "not_a_phone");
  if (workspaceId.trim() === "") throw invalid(`${field}.workspaceId`, "must name a workspace", "required");
  return { workspaceId: workspaceId.trim(), number: read };
}

function invalid(field: string, message: string, code = "wrong_form"): WadeskError {
  return optionInvalid("twilio", field, message, code);
}

// what is not what it should be would only fail with the first webhook
function readTokens(tokens: readonly string[]): readonly string[] {
  if (tokens.some((token) => /^["'].*["']$/.test(token)))
    throw invalid("authToken", "stands in quotes; give it without them, also in the file that it is read from");
  if (tokens.some(isAccountSid))
    throw invalid("authToken", "is the Account SID; give the Auth Token, beside it in Twilio's console", "looks_like_account_sid");
  return tokens;
}
