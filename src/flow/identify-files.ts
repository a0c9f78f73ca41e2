import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { MaterialRole } from "../core/kinds.ts";
import { falseExtension } from "../core/material.ts";
import type { Material, Offer } from "../core/material-record.ts";
import { isTrusted, offeredMaterial, refuseOffer, withOffer, withoutOffer } from "../core/offer.ts";
import type { Ports, SourceFile } from "../core/ports.ts";
import { acceptMaterial, recognise } from "../core/recognise.ts";
import { isBeingReceived, refuseMaterial, takenRoles, withMaterial } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { askWhichFile } from "../core/which-file.ts";
import { change } from "./change.ts";
import { lookAtOffers } from "./look-at-offers.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";
import { newUpload } from "./upload-lease.ts";

export type IdentifyPorts = OutboxPorts & Pick<Ports, "files" | "owner" | "media">;

/** A file of the requester, which counts, or one that somebody else offers. */
type Unidentified = Material | Offer;

/**
 * Inspects the files of one message that have no role yet: each gets a role, a question or a refusal. Those of others are
 * then looked into and shown to the requester.
 */
export async function identify(ports: IdentifyPorts, transfers: Transfers, id: string, ts: string): Promise<void> {
  const c = await ports.store.get(id);
  const unknown = c ? unidentifiedIn(c).filter((m) => m.file.ts === ts) : [];
  const inspected = new Map(await Promise.all(unknown.map(async (m) => [m.id, await inspect(ports, id, m)] as const)));
  // A letter in the same message may tell what the video beside it is, so videos come last.
  const videosLast = unknown.toSorted(
    (a, b) => Number(isVideo(inspected.get(a.id))) - Number(isVideo(inspected.get(b.id))),
  );
  const known = await change(ports.store, id, (now) =>
    videosLast.reduce((changed, m) => {
      const current = unidentifiedIn(changed).find((other) => other.id === m.id);
      const file = inspected.get(m.id);
      return current && file ? assignRole(ports, changed, current, file, [...inspected.values()]) : changed;
    }, now),
  );
  if (isRefusal(known)) return;
  for (const m of known.materials) if (m.file.ts === ts && isBeingReceived(m)) transfers.start(id, m);
  await deliverOutbox(ports, id);
  await lookAtOffers(ports, id, ts);
}

/** Received, but not inspected yet. */
export function unidentifiedIn(c: Customization): Unidentified[] {
  return [...c.materials.filter(isUnidentified), ...(c.offers ?? []).filter(isNotInspected)];
}

export function isUnidentified(m: Material): boolean {
  return m.state === "receiving" && m.role === undefined;
}

function isNotInspected(offer: Offer): boolean {
  return offer.look !== undefined && offer.format === undefined;
}

const INSPECT_ATTEMPTS = 3;
const INSPECT_RETRY_MS = 2_000;

async function inspect(
  ports: Pick<Ports, "files" | "clock" | "log">,
  id: string,
  m: Unidentified,
): Promise<SourceFile | FileRefusal> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ports.files.inspect(m.file.id, m.file.link);
    } catch (error) {
      ports.log.warn("inspecting a file", { id, file: m.file.id, because: describeFault(error) });
      if (tries === INSPECT_ATTEMPTS) {
        const code = isFault(error) ? error.code : "source-unreachable";
        return { type: "transfer-failed", code, detail: describeFault(error) };
      }
      await ports.clock.sleep(INSPECT_RETRY_MS * tries);
    }
  }
}

type Inspected = SourceFile | FileRefusal;

function isVideo(file: Inspected | undefined): boolean {
  return file !== undefined && !isRefusal(file) && (file.format === "mp4" || file.format === "mov");
}

function assignRole(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  m: Unidentified,
  file: Inspected,
  message: readonly Inspected[],
): Customization {
  const now = ports.clock.now();
  if (isRefusal(file)) return refuse(c, m, file, now);
  const seen = { ...m, format: file.format, size: file.size, file: { ...m.file, name: file.name } };
  if (!collects(c.state)) return refuse(c, seen, { type: "not-collecting", state: c.state, id: c.id }, now);
  if (file.size === 0) return refuse(c, seen, { type: "empty-file" }, now);
  const videos = message.filter(isVideo).length;
  const recognised = recognise({
    kind: c.kind,
    consentRequired: c.consentRequired,
    gateway: c.gateway,
    format: file.format,
    name: seen.file.name,
    caption: m.file.caption,
    severalVideos: videos > 1,
    letterBeside: message.some((other) => !isRefusal(other) && other.format === "pdf"),
    taken: takenRoles(c),
  });
  if (isRefusal(recognised)) return refuse(c, seen, detailed(recognised, seen, file.contentType), now);
  if (recognised.type === "ask") return "state" in seen ? ask(c, seen, now) : withOffer(c, seen);
  return "state" in seen ? takeRole(ports, c, seen, recognised.role) : offer(ports, c, seen, recognised.role);
}

function refuse(c: Customization, m: Unidentified, refusal: FileRefusal, now: number): Customization {
  return "state" in m ? refuseMaterial(c, m, refusal, now) : refuseOffer(c, m, refusal, now);
}

/** Adds what the name claims and what the content is to a wrong-format refusal. */
export function detailed(refusal: FileRefusal, m: Pick<Unidentified, "file">, contentType?: string): FileRefusal {
  if (refusal.type !== "wrong-format") return refusal;
  const named = falseExtension(m.file.name, refusal.format);
  return { ...refusal, ...(contentType && { contentType }), ...(named && { named }) };
}

/** A file of a role whose dropper the requester trusts counts at once; any other waits, unless it is refused. */
function offer(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  seen: Offer,
  role: MaterialRole,
): Customization {
  if (isTrusted(c, seen.file.by, role)) {
    return takeRole(ports, withoutOffer(c, seen.id), offeredMaterial(seen), role);
  }
  const refused = refusedAs(c, seen, role);
  return refused ? refuseOffer(c, seen, refused, ports.clock.now()) : withOffer(c, { ...seen, role });
}

function refusedAs(c: Customization, m: Unidentified, role: MaterialRole): FileRefusal | undefined {
  const refused = acceptMaterial(c.kind, role, { format: m.format ?? "other", size: m.size ?? 0 }, c.gateway);
  return refused && detailed(refused, m);
}

/** Gives a file that counts its role; its upload can start. */
export function takeRole(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  m: Material,
  role: MaterialRole,
): Customization {
  const now = ports.clock.now();
  const refused = refusedAs(c, m, role);
  if (refused) return refuseMaterial(c, m, refused, now);
  return withMaterial(c, { ...m, role, state: "receiving", upload: newUpload(ports, now) });
}

function ask(c: Customization, m: Material, now: number): Customization {
  const { upload: _upload, ...asked } = m;
  return askWhichFile(withMaterial(c, { ...asked, state: "asked" }), m, now);
}
