import { describeFault } from "../core/fault.ts";
import { isOver } from "../core/state.ts";
import type { OutboxPorts } from "./outbox.ts";
import { showCard, showProgress } from "./outbox.ts";

/**
 * Brings back what somebody has deleted of a request in Slack: its card, and messages whose buttons are still needed. A
 * request that is over stays as people have left it.
 */
export async function showAgain(ports: OutboxPorts, id: string): Promise<void> {
  await ports.mutex.run(id, async () => {
    const c = await ports.store.get(id);
    if (!c || isOver(c.state)) return;
    await ports.card.forget(c);
    try {
      await showCard(ports, c);
    } catch (error) {
      ports.log.warn("showing a deleted card again", { id, because: describeFault(error) });
      // Waits for its turn, and for Slack.
      showProgress(ports, c);
    }
  });
}
