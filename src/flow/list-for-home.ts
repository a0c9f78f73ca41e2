import type { Customization } from "../core/customization.ts";
import { isOver } from "../core/state.ts";
import type { ListsForHome } from "../core/waits-for.ts";
import { waitingAmong } from "../core/waits-for.ts";
import type { ShowPorts, Viewer } from "./show.ts";
import { listRequests, visibleAmong, within } from "./show.ts";

export async function listForHome(ports: ShowPorts, viewer: Viewer): Promise<ListsForHome> {
  const { who } = viewer;
  const { policy } = ports.settings;
  const open = await listRequests(ports, { ...viewer, scope: { type: "open" } });
  const asked = await visibleAmong(ports, await ports.store.list({ requester: who.id }), viewer);
  return {
    waiting: waitingAmong(open.seen, within(open.seen, who), policy),
    mine: asked.seen.filter((c) => !isWithdrawn(c)),
    open: open.seen.filter((c) => c.requester !== who.id),
    mayMiss: open.mayMiss || asked.mayMiss,
  };
}

/** The bot could not post its card, so nobody has ever seen it. */
function isWithdrawn(c: Customization): boolean {
  return isOver(c.state) && c.conversation.card === undefined;
}
