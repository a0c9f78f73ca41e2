import { z } from "zod";
import type { Clock } from "../../core/ports.ts";
import { callSlack, isSlackReason } from "./call.ts";
import type { SlackClients } from "./clients.ts";

const userSchema = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
  }),
});

/** The team of somebody whom this workspace does not know: equal to no other team. */
const ELSEWHERE = "elsewhere";

/**
 * Someone's workspace; undefined when this app may not ask Slack for it.
 * @throws {Fault} `slack-unreachable`, `slack-refused`: without an answer nobody is let in
 */
export async function teamOfUser(
  reader: { readonly slack: Pick<SlackClients, "reads">; readonly clock: Pick<Clock, "sleep"> },
  user: string,
): Promise<string | undefined> {
  try {
    const info = await callSlack(`asking who ${user} is`, reader.clock, () => reader.slack.reads.users.info({ user }));
    return userSchema.parse(info).user.team_id;
  } catch (error) {
    if (isSlackReason(error, "person-unknown")) return ELSEWHERE;
    if (isSlackReason(error, "method-unknown", "missing-scope")) return undefined;
    throw error;
  }
}

/** A form is acknowledged within three seconds, whatever Slack answers. */
const PATIENCE_MS = 1_200;

/**
 * Which of the named people certainly cannot approve here: bots, people who have left, people of other workspaces.
 * Without an answer in time, people get the benefit of the doubt.
 * @returns their names, or ids where Slack gives no name
 */
export async function whoCannotApprove(
  reader: { readonly slack: Pick<SlackClients, "reads">; readonly clock: Pick<Clock, "sleep"> },
  users: readonly string[],
  team: string,
): Promise<string[]> {
  const answered = new AbortController();
  const late = reader.clock.sleep(PATIENCE_MS, answered.signal).then(() => undefined);
  const verdicts = users.map((user) => Promise.race([cannotApprove(reader, user, team), late]));
  const found = await Promise.all(verdicts).finally(() => answered.abort());
  return found.filter((name) => name !== undefined);
}

async function cannotApprove(
  reader: { readonly slack: Pick<SlackClients, "reads"> },
  user: string,
  team: string,
): Promise<string | undefined> {
  if (user === "USLACKBOT") return "Slackbot";
  try {
    const found = userSchema.parse(await reader.slack.reads.users.info({ user })).user;
    const isOther = found.team_id !== undefined && found.team_id !== team;
    return found.is_bot || found.deleted || isOther ? (found.name ?? user) : undefined;
  } catch (error) {
    return isSlackReason(error, "person-unknown") ? user : undefined;
  }
}
