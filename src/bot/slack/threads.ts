import type { Clock } from "../../core/ports.ts";
import type { RateSlots } from "../../core/replica-ports.ts";
import type { Drop, ThreadReader } from "../../core/thread-ports.ts";
import { isSlackReason } from "./call.ts";
import type { SlackClients } from "./clients.ts";
import type { SlackMessage } from "./messages.ts";
import { dropOf, isWritten, senderTeam, threadMessages } from "./messages.ts";
import type { People } from "./people.ts";
import { inChannel } from "./people.ts";

/** Slack allows 50 a minute (tier 3). */
const PACE_MS = 1_200;

/** What stays of a deleted root that has replies. */
function isTombstone({ subtype }: SlackMessage): boolean {
  return subtype === "tombstone";
}

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
    async read({ conversation }) {
      if (conversation.card === undefined) return { drops: [], hasCard: true };
      await options.clock.sleep(await options.rates.reserve("reading threads", PACE_MS));
      const drops: Drop[] = [];
      let hasCard = true;
      try {
        for await (const message of threadMessages(options, conversation.channel, conversation.card)) {
          hasCard &&= !isTombstone(message);
          const drop = await dropIn(message, conversation.channel);
          if (drop) drops.push(drop);
        }
      } catch (error) {
        if (!isSlackReason(error, "thread-gone")) throw error;
        hasCard = false;
      }
      return { drops, hasCard };
    },
  };
}
