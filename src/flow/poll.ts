import { afterFailedPoll, applyPoll } from "../core/apply-poll.ts";
import { expiryDueAt } from "../core/asset-expiry.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import { planPoll } from "../core/poll-plan.ts";
import type { Ports } from "../core/ports.ts";
import { quotaDueAt } from "../core/quota.ts";
import { isBeingReceived, lookupDueAt } from "../core/record.ts";
import { linesDueAt } from "../core/spoken-line.ts";
import { collects, isFollowed } from "../core/state.ts";
import type { AcceptPorts } from "./accept-upload.ts";
import type { CheckPorts } from "./check-material.ts";
import { checkMaterials } from "./check-material.ts";
import type { DecidePorts } from "./decide.ts";
import { resumeDecision } from "./decide.ts";
import type { LinePorts } from "./follow-lines.ts";
import { followLines } from "./follow-lines.ts";
import { identify, isUnidentified } from "./identify-files.ts";
import { abandonLaunch } from "./launch.ts";
import { lookAtExpiry } from "./look-at-expiry.ts";
import { lookAtQuota } from "./look-at-quota.ts";
import { lookUpAssets } from "./look-up-assets.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";
import type { FilmPorts } from "./show-film.ts";
import type { Transfers } from "./transfers.ts";
import { takeUpload } from "./upload-lease.ts";

export type TickPorts = AcceptPorts &
  CheckPorts &
  DecidePorts &
  FilmPorts &
  LinePorts &
  Pick<Ports, "assets" | "gatewayRoom" | "quotas">;

/** What a leased request needs now. */
export async function processDue(ports: TickPorts, transfers: Transfers, c: Customization): Promise<void> {
  const now = ports.clock.now();
  const isDue = (at: number | undefined): boolean => at !== undefined && at <= now;
  if (c.claim && c.claim.leaseUntil <= now) await recoverClaim(ports, c);
  if (collects(c.state)) {
    await recoverUploads(ports, transfers, c, now);
    await checkMaterials(ports, c.id);
  }
  if (c.task && isFollowed(c.state) && c.task.nextLookAt <= now) await pollProgress(ports, c, c.task.id);
  if (isDue(lookupDueAt(c))) await lookUpAssets(ports, c);
  if (c.outbox.some((notice) => notice.delivered === undefined)) await deliverOutbox(ports, c.id);
  if (isDue(expiryDueAt(c))) await lookAtExpiry(ports, c);
  if (isDue(quotaDueAt(c))) await lookAtQuota(ports, c);
  if (isDue(linesDueAt(c))) await followLines(ports, c);
}

/** Recovers a claim that its owner did not finish in time, or that an earlier process left behind. */
export async function recoverClaim(ports: DecidePorts, c: Customization): Promise<void> {
  if (c.state === "launching")
    await abandonLaunch(ports, c, "the bot was stopped or lost the answer while it launched");
  else await resumeDecision(ports, c);
}

/**
 * Starts or resumes uploads whose lease has run out, unless another replica was first. An upload that is still queued here
 * only gets a new lease: if it stayed due, it would take other requests' place in every tick.
 */
export async function recoverUploads(
  ports: AcceptPorts,
  transfers: Transfers,
  c: Customization,
  now: number,
): Promise<void> {
  const lost = c.materials.filter((m) => isBeingReceived(m) && m.upload && m.upload.leaseUntil <= now);
  const unseen = (c.offers ?? []).filter(({ look }) => look && look.leaseUntil <= now);
  for (const ts of new Set([...lost.filter(isUnidentified), ...unseen].map(({ file }) => file.ts)))
    await identify(ports, transfers, c.id, ts);
  for (const m of lost.filter((one) => !isUnidentified(one))) {
    const isMine = await takeUpload(ports, c.id, m.id);
    if (isMine) transfers.start(c.id, m);
  }
}

async function pollProgress(
  ports: OutboxPorts & Pick<Ports, "studio" | "assets" | "settings">,
  c: Customization,
  taskId: string,
): Promise<void> {
  const { pollMs } = ports.settings;
  try {
    const report = await ports.studio.progress(taskId, "nobody");
    const now = ports.clock.now();
    const plan = planPoll(c, report, now);
    // A concurrent change wins: this poll is discarded, and the next one follows soon.
    const stored = await ports.store.replace(applyPoll(c, plan, report, now, pollMs));
    // Before the message with the keys, so that it has them.
    if (stored && plan.type === "done") await lookUpAssets(ports, stored);
    if (stored && plan.type === "same") showProgress(ports, stored);
    else if (stored) await deliverOutbox(ports, c.id);
  } catch (error) {
    ports.log.warn("polling the progress", { id: c.id, taskId, because: describeFault(error) });
    const stored = await ports.store.replace(afterFailedPoll(c, describeFault(error), ports.clock.now(), pollMs));
    if (stored) showProgress(ports, stored);
  }
}
