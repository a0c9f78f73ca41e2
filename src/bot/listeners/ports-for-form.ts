import { isGroup } from "../../core/approval.ts";
import type { Ports } from "../../core/ports.ts";
import type { ListenerContext } from "./context.ts";

/** The ports with what Slack says now of the groups that a form names, and of those that it may name. */
export async function portsForForm(
  { ports, groups }: Pick<ListenerContext, "ports" | "groups">,
  approvers: readonly string[],
): Promise<Ports> {
  const { policy } = ports.settings;
  const all = [...new Set([...approvers, ...policy.approvers])].filter(isGroup);
  if (all.length === 0) return ports;
  const found = await Promise.all(all.map(async (id) => [id, (await groups.members(id)) ?? []] as const));
  return { ...ports, settings: { ...ports.settings, policy: { ...policy, members: new Map(found) } } };
}
