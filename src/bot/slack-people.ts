import { z } from "zod";
import type { SlackClients } from "./slack-clients.ts";

const userSchema = z.object({ user: z.object({ team_id: z.string().optional() }) });

/** The workspace that someone belongs to, where Slack tells it. */
export async function teamOfUser(slack: Pick<SlackClients, "reads">, user: string): Promise<string | undefined> {
  try {
    return userSchema.parse(await slack.reads.users.info({ user })).user.team_id;
  } catch {
    return undefined;
  }
}
