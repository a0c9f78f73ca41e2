/** Who speaks in Slack's own name, e.g. when no app has a command. */
export const SLACKBOT = { id: "USLACKBOT", name: "Slackbot" } as const;
