/** Slack's own user, e.g. for an unknown command. */
export const SLACKBOT = { id: "USLACKBOT", name: "Slackbot" } as const;
