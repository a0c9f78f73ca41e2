import type { Clock, Drop, ThreadReader } from "../../core/ports.ts";
import type { RateSlots } from "../../core/replica-ports.ts";
import { isSlackReason } from "./call.ts";
import type { SlackClients } from "./clients.ts";
import type { SlackMessage } from "./messages.ts";
import { dropOf, isWritten, senderTeam, threadMessages } from "./messages.ts";
import type { People } from "./people.ts";
import { inChannel } from "./people.ts";

/** Slack allows 50 a minute (tier 3). */
const PACE_MS = 1_200;

/** Reads threads for files whose events never arrived. */
export function slackThreads(options: {
  readonly slack: SlackClients;
  readonly clock: Pick<Clock, "sleep">;
  readonly rates: RateSlots;
  readonly people: Pick<People, "lookUp" | "nameOf">;
  /** `MATERIAL_HOSTS`. */
  readonly linkHosts?: readonly string[];
}): ThreadReader {
  const { people } = options;
  const dropIn = async (message: SlackMessage, channel: string): Promise<Drop | undefined> => {
    const drop = isWritten(message) ? dropOf(message, options.linkHosts) : undefined;
    const by = drop && (await people.lookUp(drop.by.id, senderTeam(message)));
    if (!drop || !by || by.barred === "app") return undefined;
    // Whoever wrote in a channel was in it.
    return { ...drop, by: inChannel(by, channel), byName: people.nameOf(by.id) };
  };
  return {
    async drops({ conversation }) {
      if (conversation.card === undefined) return [];
      await options.clock.sleep(await options.rates.reserve("reading threads", PACE_MS));
      const drops: Drop[] = [];
      try {
        for await (const message of threadMessages(options, conversation.channel, conversation.card)) {
          const drop = await dropIn(message, conversation.channel);
          if (drop) drops.push(drop);
        }
      } catch (error) {
        if (!isSlackReason(error, "thread-gone")) throw error;
      }
      return drops;
    },
  };
}
