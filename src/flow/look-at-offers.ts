import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Offer } from "../core/material-record.ts";
import { offerOf, refuseOffer, withOffer } from "../core/offer.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, note } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { ProbeMark } from "./judge-file.ts";
import { judgeFile, refusalAmong, withProbeMark } from "./judge-file.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

type LookPorts = OutboxPorts & Pick<Ports, "files" | "media">;

/**
 * Looks into the files that somebody other than the requester has dropped in one message, refuses what violates a rule,
 * and asks the requester about the rest in one message. Nothing goes to Tencent Cloud.
 */
export async function lookAtOffers(ports: LookPorts, id: string, ts: string): Promise<void> {
  const c = await ports.store.get(id);
  const offered = c?.offers?.filter((offer) => isLookedAt(offer, ts)) ?? [];
  if (!c || offered.length === 0) return;
  const looked = new Map(await Promise.all(offered.map(async (o) => [o.id, await lookAt(ports, c, o)] as const)));
  await change(ports.store, id, (now) => shown(now, ts, looked, ports.clock.now()));
  await deliverOutbox(ports, id);
}

function isLookedAt(offer: Offer, ts: string): boolean {
  return offer.file.ts === ts && offer.look !== undefined && offer.format !== undefined;
}

/** @returns why it cannot be used, if that is certain */
async function lookAt(ports: LookPorts, c: Customization, offer: Offer): Promise<FileRefusal | undefined> {
  const write = (mark: ProbeMark) =>
    change(ports.store, c.id, (now) => {
      const found = offerOf(now, offer.id);
      return found ? withOffer(now, withProbeMark(found, mark)) : now;
    });
  try {
    const source = await ports.files.inspect(offer.file.id, offer.file.link);
    if (isRefusal(source)) return source;
    const { signal } = new AbortController();
    return refusalAmong(offer.findings ?? (await judgeFile(ports, c, offer, source, { signal, write })));
  } catch (error) {
    // It is looked into again before its upload.
    ports.log.warn("looking into an offered file", { id: c.id, file: offer.file.id, because: describeFault(error) });
    return undefined;
  }
}

function shown(
  c: Customization,
  ts: string,
  looked: ReadonlyMap<string, FileRefusal | undefined>,
  at: number,
): Customization {
  const pending = c.offers?.filter((offer) => isLookedAt(offer, ts) && looked.has(offer.id)) ?? [];
  const late: FileRefusal | undefined = collects(c.state)
    ? undefined
    : { type: "not-collecting", state: c.state, id: c.id };
  const judged = pending.reduce((changed, offer) => {
    const refusal = looked.get(offer.id) ?? late;
    if (refusal) return refuseOffer(changed, offer, refusal, at);
    const { look: _look, ...waiting } = offer;
    return note(withOffer(changed, waiting), at, { type: "file-offered", name: offer.file.name }, offer.file.by);
  }, c);
  const files = pending.map((offer) => offer.id).filter((id) => offerOf(judged, id));
  return files.length > 0 ? addNotice(judged, at, `offered-${files[0]}`, { type: "files-offered", files }) : judged;
}
