import type { Standing } from "./slack/workspace.ts";
import type { World } from "./world.ts";

/** People who are not plain members of the workspace, by their names. */
const OTHERS: Readonly<Record<string, { readonly standing?: Standing; readonly teamId?: string }>> = {
  gus: { standing: "guest" },
  una: { standing: "guest-of-one" },
  greta: { standing: "grid", teamId: "T0SANDBOX2" },
  stan: { teamId: "T0OTHERORG" },
  robo: { standing: "app" },
  dora: { standing: "deactivated" },
};

/**
 * Adds #random without the bot, a private channel, everybody's direct message with the bot, and #partners, which is shared
 * with another organisation: there are guests, a colleague of the same Grid, a stranger, an app and somebody deactivated.
 */
export function addRooms({ slack, people }: World): void {
  const everybody = Object.values(people).map(({ id }) => id);
  slack.addChannel({ name: "random", kind: "public", members: everybody, botIsMember: false });
  slack.addChannel({ name: "studio", kind: "private", members: [people.alice.id, people.bob.id] });
  const others = Object.entries(OTHERS).map(([name, user]) => slack.addUser({ name, ...user }));
  slack.addChannel({ name: "partners", kind: "public", members: [...everybody, ...others], isShared: true });
  for (const id of everybody) slack.addChannel({ name: "directmessage", kind: "im", members: [id] });
}
