/** What one field is called, and what helps to fill it in. */
export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  /** Where the value is found; `*…*` marks a path through a console. */
  readonly where?: string;
}

/** Fields by channel and name. */
type FieldsOf = Readonly<Record<string, Readonly<Record<string, FieldWords>>>>;

/** Words of fields, and of what can be wrong with one. A channel that stands nowhere here is called by its schema. */
export const fields = {
  input: {
    "cloud-api": {
      phoneNumberId: {
        label: "Phone Number ID",
        hint: "The ID of the number, not the phone number.",
        where: "In your Meta app: *WhatsApp → API Setup*, below the number you pick under “From”.",
      },
      wabaId: { label: "WABA ID", where: "In your Meta app: *WhatsApp → API Setup*, “WhatsApp Business Account ID”." },
      accessToken: {
        label: "Access Token",
        hint: "A permanent System User token; it starts with EAA. A 24-hour token stops sending tomorrow.",
        where:
          "In *Business Settings → Users → System Users*: assign the user to your app and WABA, then *Generate new token* with whatsapp_business_messaging and whatsapp_business_management.",
      },
      businessId: { label: "Business Manager ID", hint: "Leave blank to look it up.", where: "*Business Settings → Business Info*." },
      pin: { label: "Two-step PIN", hint: "Six digits, if the number has one." },
      appId: { label: "App ID", where: "In your Meta app: *Settings → Basic*." },
      appSecret: { label: "App Secret", where: "In your Meta app: *Settings → Basic*, behind “Show”." },
      verifyToken: { label: "Verify token", hint: "Any random text. Type the same into your Meta app." },
      override: { label: "Lead this account’s messages here", hint: "The callback URL of your app stays as it is." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Starts with AC. On the dashboard of console.twilio.com." },
      authToken: { label: "Auth Token", hint: "The primary one, beside the SID. Stored encrypted, and used only to call Twilio for you." },
      mode: { label: "Mode" },
      from: { label: "From number", hint: "Your WhatsApp sender, from Messaging → Senders in Twilio’s console." },
    },
  } as FieldsOf,
  again: {
    "cloud-api": {
      accessToken: {
        label: "New Access Token",
        hint: "A permanent System User token with both WhatsApp scopes. It replaces the old one as soon as Meta accepts it.",
        where: "*Business Settings → Users → System Users → Generate new token*.",
      },
    },
    twilio: { authToken: { label: "New Auth Token" } },
  } as FieldsOf,
  settings: {
    "cloud-api": {
      appId: { label: "Meta App ID", hint: "In the app: Settings → Basic." },
      configId: {
        label: "Embedded Signup Config ID",
        hint: "Enables Continue with Facebook. In Meta Business Suite: Login Configurations. Leave blank for manual paste only.",
      },
      appSecret: { label: "App Secret", hint: "Each incoming Meta message is checked with it, and forged ones are refused." },
      verifyToken: {
        label: "Webhook verify token",
        hint: "Any random text. Paste the same value into Meta. The old one counts until you retire it.",
      },
      graphVersion: { label: "Graph API version", hint: "Change it only after confirming compatibility." },
    },
    twilio: {
      accountSid: { label: "Account SID", hint: "Starts with AC. On the dashboard of console.twilio.com." },
      authToken: { label: "Auth Token", hint: "The primary one. Hidden after saving." },
      senders: { label: "Assigned numbers" },
      number: { label: "WhatsApp number" },
      workspaceId: { label: "Workspace" },
      webhookUrl: { label: "Webhook address", hint: "Only where Twilio calls another address than the public one." },
    },
    unofficial: {
      url: { label: "Server URL", hint: "Where the helper service listens. It is 8888 unless PORT in node/.env says otherwise." },
      secrets: {
        label: "Shared secret",
        hint: "The same value as NODE_WEBHOOK_TOKEN in node/.env. If they differ, status updates are refused.",
      },
      messagesPerMinute: { label: "Messages a minute", hint: "From one number." },
      messagesPerHour: { label: "Messages an hour", hint: "From one number." },
      messagesPerDay: { label: "Messages a day", hint: "From one number." },
      newChatsPerDay: { label: "New chats a day", hint: "With how many people one number begins a chat." },
    },
  } as FieldsOf,
  /** What is wrong with a field, by the code. A code that stands nowhere here is told in the channel's own sentence. */
  issues: {
    required: "This is missing.",
    wrong_form: "This does not look right. Copy it again, whole.",
    wrong_type: "This does not look right. Copy it again, whole.",
    not_one_of: "Choose one of those that are offered.",
    white_space: "There is white space inside. Copy it again, in one piece.",
    in_quotes: "There are quotes around it. Paste it without them.",
    bearer_prefix: "Paste the token alone, without “Bearer” before it.",
    app_token: "This is the app’s own token. Generate one for a System User with both WhatsApp scopes.",
    looks_like_phone: "This looks like the phone number. Paste the ID.",
    looks_like_access_token: "This looks like an access token. Paste the App Secret.",
    looks_like_app_secret: "This looks like the App Secret. Paste an access token.",
    looks_like_api_key: "This is an API key. Paste the Account SID, which starts with AC.",
    looks_like_auth_token: "This looks like the Auth Token. Paste the Account SID, which starts with AC.",
    looks_like_account_sid: "This is the Account SID. Paste the Auth Token.",
    same_as_phone_number_id: "This is the same as the Phone Number ID. Paste the WhatsApp Business Account ID.",
    not_a_phone: "The country code is missing, or this is no phone number. Begin with “+”, e.g. +55 11 99999-0000.",
    not_an_address: "This is no web address. Begin with https://.",
    wrong_pin: "This is not the number’s PIN.",
    wrong_code: "This is not the code that was sent, or it has ended.",
  } as Readonly<Record<string, string>>,
  /** The same for single fields, by channel, field and code. */
  fieldIssues: {
    "cloud-api": { businessId: { wrong_form: "Only digits, or nothing. Copy it from Business Settings → Business Info." } },
    twilio: {
      accountSid: {
        required: "This is missing. Paste the Account SID of your own account.",
        wrong_form: "An Account SID is AC and 32 characters from 0-9 and a-f.",
      },
    },
  } as Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>,
  wrong: "This is not accepted.",
};
