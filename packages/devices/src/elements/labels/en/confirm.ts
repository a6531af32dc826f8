/** Words of what asks before it is done. */
export const confirm = {
  disconnectTitle: (label: string): string => `Disconnect ${label}?`,
  disconnectText: {
    unofficial: (phone: string): string =>
      `The session of ${phone} ends, and messages stop going out from it. To use it again, pair the phone from scratch.`,
    other: (phone: string): string => `Messages stop going out from ${phone}. To use it again, connect it with its credentials.`,
  },
  disconnectPrimary: "It is the primary sender. Sends without a chosen number will fail until you set another as default.",
  disconnectDo: "Disconnect",
  disconnecting: "Disconnecting…",
  removeTitle: (label: string): string => `Remove ${label}?`,
  removeText: (phone: string): string =>
    `This disconnects ${phone}, then deletes the connection and everything WaDesk keeps for it: credentials, session and delivery status. It cannot be undone.`,
  removeNote: "What your app has stored itself is not touched.",
  removeDo: "Remove",
  removing: "Removing…",
  notDone: "This could not be done. Nothing has changed. Try again in a moment.",
  disconnectTwilio: "Disconnect Twilio?",
  disconnectTwilioText: (phone: string): string =>
    `Broadcasts, campaigns and replies of this workspace stop going out from ${phone}. Your sender at Twilio stays as it is.`,
};
