import type { Person } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import { isOver } from "../core/state.ts";
import type { ListsForHome } from "../core/waits-for.ts";
import { waitingAmong } from "../core/waits-for.ts";
import { listRequests, visibleAmong, within } from "./show.ts";

export async function listForHome(
  ports: Pick<Ports, "store" | "settings">,
  ask: { readonly who: Person; readonly isMember: (channel: string) => Promise<boolean> },
): Promise<ListsForHome> {
  const { who } = ask;
  const { policy } = ports.settings;
  const open = await listRequests(ports, { ...ask, scope: { type: "open" } });
  const asked = await visibleAmong(ports, await ports.store.list({ requester: who.id }), ask);
  return {
    waiting: waitingAmong(open, within(open, who), policy),
    mine: asked.filter((c) => !isWithdrawn(c)),
    open: open.filter((c) => c.requester !== who.id),
  };
}

/** The bot could not post its card, so nobody has ever seen it. */
function isWithdrawn(c: Customization): boolean {
  return isOver(c.state) && c.conversation.card === undefined;
}
