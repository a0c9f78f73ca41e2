import type { World } from "./world.ts";

/** Adds #random without the bot, a private channel, and everybody's direct message with the bot. */
export function addRooms({ slack, people }: World): void {
  const everybody = Object.values(people).map(({ id }) => id);
  slack.addChannel({ name: "random", kind: "public", members: everybody, botIsMember: false });
  slack.addChannel({ name: "studio", kind: "private", members: [people.alice.id, people.bob.id] });
  for (const id of everybody) slack.addChannel({ name: "directmessage", kind: "im", members: [id] });
}
