/** The shortcuts of the bot's manifest, as Slack's client offers them: by their names, with their callback ids. */
export const SHORTCUTS = {
  newRequest: { name: "New request", callbackId: "request_new" },
  addToRequest: { name: "Add to a request", callbackId: "request_attach" },
} as const;
