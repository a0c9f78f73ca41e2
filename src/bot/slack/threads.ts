import type { Clock, Drop, ThreadReader } from "../../core/ports.ts";
import { isSlackReason } from "./call.ts";
import type { SlackClients } from "./clients.ts";
import { dropOf, senderTeam, threadMessages } from "./messages.ts";
import { teamOfUser } from "./people.ts";

/** Reads threads for files whose events never arrived. */
export function slackThreads(options: {
  readonly slack: SlackClients;
  readonly clock: Pick<Clock, "sleep">;
}): ThreadReader {
  return {
    async drops({ conversation }) {
      if (conversation.card === undefined) return [];
      const drops: Drop[] = [];
      try {
        for await (const message of threadMessages(options, conversation.channel, conversation.card)) {
          const drop = dropOf(message, senderTeam(message) ?? "");
          if (!drop) continue;
          const team = drop.by.team || ((await teamOfUser(options, drop.by.id)) ?? conversation.team);
          drops.push({ ...drop, by: { id: drop.by.id, team } });
        }
      } catch (error) {
        if (!isSlackReason(error, "thread-gone")) throw error;
      }
      return drops;
    },
  };
}
