import { afterFailedLook, applyPoll } from "../core/apply-poll.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import { planPoll } from "../core/poll-plan.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingReceived } from "../core/record.ts";
import { collects, isFollowed } from "../core/state.ts";
import type { AcceptPorts } from "./accept-upload.ts";
import { identify, isUnidentified } from "./accept-upload.ts";
import type { CheckPorts } from "./check-material.ts";
import { checkMaterials } from "./check-material.ts";
import type { DecidePorts } from "./decide.ts";
import { resumeDecision } from "./decide.ts";
import { abandonLaunch } from "./launch.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";
import { renewLease } from "./upload-lease.ts";

/** How many requests one tick looks at. */
const BATCH = 20;
/** Longer than looking at one request takes. */
const TICK_LEASE_MS = 120_000;

export type TickPorts = AcceptPorts & CheckPorts & DecidePorts;

/** Looks at every request that is due: its progress, what nobody has finished, what has not been told. */
export async function tick(ports: TickPorts, transfers: Transfers): Promise<void> {
  const due = await ports.store.claimDue(ports.clock.now(), BATCH, TICK_LEASE_MS);
  await Promise.all(
    due.map(async (c) => {
      try {
        await processDue(ports, transfers, c);
      } catch (error) {
        ports.log.error("attending to a request", { id: c.id, because: describeFault(error) });
      } finally {
        await ports.store.release(c.id);
      }
    }),
  );
}

async function processDue(ports: TickPorts, transfers: Transfers, c: Customization): Promise<void> {
  const now = ports.clock.now();
  if (c.claim && c.claim.leaseUntil <= now) await settleClaim(ports, c);
  if (collects(c.state)) {
    await takeUpUploads(ports, transfers, c, now);
    await checkMaterials(ports, c.id);
  }
  if (c.task && isFollowed(c.state) && c.task.nextLookAt <= now) await look(ports, c, c.task.id);
  if (c.outbox.some((notice) => notice.delivered === undefined)) await deliverOutbox(ports, c.id);
}

/** A claim that its owner has not settled in time, or that an earlier process has left. */
export async function settleClaim(ports: DecidePorts, c: Customization): Promise<void> {
  if (c.state === "launching")
    await abandonLaunch(ports, c, "the bot was stopped or lost the answer while it launched");
  else await resumeDecision(ports, c);
}

/**
 * Uploads whose lease has run out are started or resumed. One that queues here gets a new lease: always due, it would
 * keep others from being looked at.
 */
export async function takeUpUploads(
  ports: AcceptPorts,
  transfers: Transfers,
  c: Customization,
  now: number,
): Promise<void> {
  const lost = c.materials.filter((m) => isBeingReceived(m) && m.upload && m.upload.leaseUntil <= now);
  for (const ts of new Set(lost.filter(isUnidentified).map((m) => m.file.ts)))
    await identify(ports, transfers, c.id, ts);
  for (const m of lost.filter((one) => !isUnidentified(one))) {
    if (transfers.isUnderWay(c.id, m.id)) await renewLease(ports, c.id, m.id);
    else transfers.start(c.id, m.id);
  }
}

async function look(
  ports: OutboxPorts & Pick<Ports, "studio" | "settings">,
  c: Customization,
  taskId: string,
): Promise<void> {
  const { pollMs } = ports.settings;
  try {
    const report = await ports.studio.progress(taskId);
    const now = ports.clock.now();
    const plan = planPoll(c, report, now);
    // A record that has changed meanwhile keeps its change: this look is thrown away and the next one comes soon.
    const stored = await ports.store.replace(applyPoll(c, plan, report, now, pollMs));
    if (stored && plan.type === "same") showProgress(ports, stored);
    else if (stored) await deliverOutbox(ports, c.id);
  } catch (error) {
    ports.log.warn("looking at the progress", { id: c.id, taskId, because: describeFault(error) });
    const stored = await ports.store.replace(afterFailedLook(c, describeFault(error), ports.clock.now(), pollMs));
    if (stored) showProgress(ports, stored);
  }
}
