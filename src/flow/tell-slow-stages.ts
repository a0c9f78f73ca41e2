import { isGroup } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import { stepOf } from "../core/production.ts";
import type { RemindPorts } from "./tell-at-work.ts";
import { atWork, isTold, tellOnce } from "./tell-at-work.ts";

/** Tells the requester and the operators, once each, of a stage that takes longer than 95 of 100 others did. */
export async function tellSlowStages(ports: RemindPorts): Promise<void> {
  for (const c of await ports.store.list({ states: ["running"] })) {
    try {
      await tellSlowStage(ports, c);
    } catch (error) {
      ports.log.warn("telling of a slow stage", { id: c.id, because: describeFault(error) });
    }
  }
}

async function tellSlowStage(ports: RemindPorts, c: Customization): Promise<void> {
  const step = stepOf(c);
  const usualMs = step && ports.slowMs(c.kind, step.stage);
  if (!step || usualMs === undefined || ports.clock.now() - step.since <= usualMs) return;
  const { stage, since } = step;
  const operators = ports.settings.policy.operators.map(async (id) =>
    isGroup(id) ? ports.directory.membersOf(id) : [id],
  );
  for (const to of new Set([c.requester, ...(await Promise.all(operators)).flat()])) {
    const key = `slow-${stage}-${since}-${to}`;
    if (isTold(c, key) || !(await atWork(ports, to))) continue;
    await tellOnce(ports, c.id, key, { type: "stage-late", to, stage, since, usualMs });
  }
}
