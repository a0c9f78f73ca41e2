import type { Clock, Drop, ThreadReader } from "../../core/ports.ts";
import { isSlackReason } from "./call.ts";
import type { SlackClients } from "./clients.ts";
import { dropOf, senderTeam, threadMessages } from "./messages.ts";
import type { People } from "./people.ts";
import { inChannel } from "./people.ts";

/** Reads threads for files whose events never arrived. */
export function slackThreads(options: {
  readonly slack: SlackClients;
  readonly clock: Pick<Clock, "sleep">;
  readonly people: Pick<People, "lookUp" | "nameOf">;
}): ThreadReader {
  const { people } = options;
  return {
    async drops({ conversation }) {
      if (conversation.card === undefined) return [];
      const drops: Drop[] = [];
      try {
        for await (const message of threadMessages(options, conversation.channel, conversation.card)) {
          const drop = dropOf(message);
          if (!drop) continue;
          const by = await people.lookUp(drop.by.id, senderTeam(message));
          // Whoever wrote in a channel was in it.
          if (by.barred !== "app")
            drops.push({ ...drop, by: inChannel(by, conversation.channel), byName: people.nameOf(by.id) });
        }
      } catch (error) {
        if (!isSlackReason(error, "thread-gone")) throw error;
      }
      return drops;
    },
  };
}
