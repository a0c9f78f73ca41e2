import { z } from "zod";
import { isFault } from "../core/fault.ts";
import type { Clock } from "../core/ports.ts";
import { callSlack } from "./slack-call.ts";
import type { SlackClients } from "./slack-clients.ts";

const userSchema = z.object({ user: z.object({ team_id: z.string().optional() }) });

/** Slack's codes for somebody that this workspace does not know. */
const STRANGERS: readonly unknown[] = ["user_not_found", "user_not_visible"];
const ELSEWHERE = "elsewhere";

/**
 * The workspace that someone belongs to; undefined where Slack does not tell it.
 * @throws {Fault} `slack-unreachable`: who cannot be asked about is not let in
 */
export async function teamOfUser(
  reader: { readonly slack: Pick<SlackClients, "reads">; readonly clock: Pick<Clock, "sleep"> },
  user: string,
): Promise<string | undefined> {
  try {
    const told = await callSlack(`asking who ${user} is`, reader.clock, () => reader.slack.reads.users.info({ user }));
    return userSchema.parse(told).user.team_id;
  } catch (error) {
    if (isFault(error) && STRANGERS.includes(error.resultCode)) return ELSEWHERE;
    throw error;
  }
}
