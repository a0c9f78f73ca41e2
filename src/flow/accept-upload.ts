import type { Person } from "../core/approval.ts";
import { mayAnswer, mayDropFiles } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { MaterialRole } from "../core/kinds.ts";
import { falseExtension } from "../core/material.ts";
import type { Material } from "../core/material-record.ts";
import type { Drop, DroppedFile, Ports, SourceFile } from "../core/ports.ts";
import { acceptMaterial, recognise } from "../core/recognise.ts";
import { addNotice, materialOf, note, refuseMaterial, takenRoles, withMaterial } from "../core/record.ts";
import type { FileRefusal, Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";
import { newUpload } from "./upload-lease.ts";

export type AcceptPorts = OutboxPorts & Pick<Ports, "files" | "owner">;

/**
 * Takes the files of one message into a request. The record is written before anything else, so a file is received
 * once however often it is delivered; each file gets its answer by itself.
 * @returns whether any of them is new
 */
export async function acceptDrop(ports: AcceptPorts, transfers: Transfers, id: string, drop: Drop): Promise<boolean> {
  let isNew = false;
  const received = await change(ports.store, id, (c) => {
    const next = receive(ports, c, drop);
    isNew = next !== c;
    return next;
  });
  if (isNew && !isRefusal(received)) await identify(ports, transfers, id, drop.ts);
  return isNew;
}

/** Which of two a video is: answered by whoever dropped it, or the requester. */
export async function answerWhichFile(
  ports: AcceptPorts,
  transfers: Transfers,
  ask: { readonly id: string; readonly material: string; readonly role: MaterialRole; readonly who: Person },
): Promise<Customization | Refusal> {
  const answered = await change<Refusal>(ports.store, ask.id, (c) => {
    const m = materialOf(c, ask.material);
    if (!m) return { type: "not-found", id: ask.id };
    const refused = mayAnswer(c, ask.who, m.file.by);
    if (refused) return refused;
    if (m.state !== "asked") return m.role ? { type: "already-answered", role: m.role } : { type: "file-gone" };
    if (!collects(c.state)) return { type: "not-collecting", state: c.state, id: c.id };
    const chosen = note(c, ports.clock.now(), { type: "role-chosen", role: ask.role, name: m.file.name }, ask.who.id);
    return takeRole(ports, chosen, m, ask.role);
  });
  if (isRefusal(answered)) return answered;
  transfers.start(ask.id, ask.material);
  await deliverOutbox(ports, ask.id);
  return answered;
}

/** Looks at the files of one message that have no role yet, and gives each its role, its question or its refusal. */
export async function identify(ports: AcceptPorts, transfers: Transfers, id: string, ts: string): Promise<void> {
  const c = await ports.store.get(id);
  const unknown = c?.materials.filter((m) => m.file.ts === ts && isUnidentified(m)) ?? [];
  const looks = new Map(await Promise.all(unknown.map(async (m) => [m.id, await look(ports, id, m)] as const)));
  // A letter in the same message may tell what the video beside it is, so videos come last.
  const videosLast = unknown.toSorted((a, b) => Number(isVideo(looks.get(a.id))) - Number(isVideo(looks.get(b.id))));
  const known = await change(ports.store, id, (now) =>
    videosLast.reduce((changed, m) => {
      const current = materialOf(changed, m.id);
      const looked = looks.get(m.id);
      return current && looked && isUnidentified(current)
        ? assignRole(ports, changed, current, looked, [...looks.values()])
        : changed;
    }, now),
  );
  if (isRefusal(known)) return;
  for (const m of unknown) transfers.start(id, m.id);
  await deliverOutbox(ports, id);
}

/** A file that has been received and not been looked at. */
export function isUnidentified(m: Material): boolean {
  return m.state === "receiving" && m.role === undefined;
}

function receive(ports: Pick<Ports, "clock" | "owner">, c: Customization, drop: Drop): Customization {
  const refused = mayDropFiles(c, drop.by) ?? refusedByState(c);
  return drop.files.reduce((changed, file) => {
    if (materialOf(changed, materialId(drop, file))) return changed;
    const now = ports.clock.now();
    const m = newMaterial(ports, drop, file, now);
    if (refused) return refuseMaterial(changed, m, refused, now);
    const taken = withMaterial(changed, m);
    const { from, by } = drop;
    return from ? note(taken, now, { type: "file-added", name: file.name, author: from.author }, by.id) : taken;
  }, c);
}

function refusedByState(c: Customization): FileRefusal | undefined {
  return collects(c.state) ? undefined : { type: "not-collecting", state: c.state, id: c.id };
}

function materialId(drop: Drop, file: DroppedFile): string {
  return `${drop.ts}/${file.fileId}`;
}

function newMaterial(ports: Pick<Ports, "owner">, drop: Drop, file: DroppedFile, now: number): Material {
  const { ts, by, text, from } = drop;
  const dropped = { id: file.fileId, name: file.name, ts, by: by.id, caption: text };
  return {
    id: materialId(drop, file),
    state: "receiving",
    file: from ? { ...dropped, from: { ...from, at: now } } : dropped,
    upload: newUpload(ports, now),
  };
}

const LOOKS = 3;
const LOOK_AGAIN_MS = 2_000;

async function look(
  ports: Pick<Ports, "files" | "clock" | "log">,
  id: string,
  m: Material,
): Promise<SourceFile | FileRefusal> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ports.files.look(m.file.id);
    } catch (error) {
      ports.log.warn("looking at a file", { id, file: m.file.id, because: describeFault(error) });
      if (tries === LOOKS) {
        const code = isFault(error) ? error.code : "source-unreachable";
        return { type: "transfer-failed", code, detail: describeFault(error) };
      }
      await ports.clock.sleep(LOOK_AGAIN_MS * tries);
    }
  }
}

type Looked = SourceFile | FileRefusal;

function isVideo(looked: Looked | undefined): boolean {
  return looked !== undefined && !isRefusal(looked) && (looked.format === "mp4" || looked.format === "mov");
}

function assignRole(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  m: Material,
  looked: Looked,
  message: readonly Looked[],
): Customization {
  const now = ports.clock.now();
  if (isRefusal(looked)) return refuseMaterial(c, m, looked, now);
  const state = refusedByState(c);
  const seen: Material = { ...m, format: looked.format, size: looked.size, file: { ...m.file, name: looked.name } };
  if (state) return refuseMaterial(c, seen, state, now);
  if (looked.size === 0) return refuseMaterial(c, seen, { type: "empty-file" }, now);
  const videos = message.filter(isVideo).length;
  const recognised = recognise({
    kind: c.kind,
    consentRequired: c.consentRequired,
    format: looked.format,
    name: seen.file.name,
    caption: m.file.caption,
    severalVideos: videos > 1,
    letterBeside: message.some((other) => !isRefusal(other) && other.format === "pdf"),
    taken: takenRoles(c),
  });
  if (isRefusal(recognised)) return refuseMaterial(c, seen, detailed(recognised, seen, looked.contentType), now);
  if (recognised.type === "ask") return ask(c, seen, now);
  return takeRole(ports, c, seen, recognised.role);
}

/** With what its name claims and its content is: that is what to tell about a wrong format. */
function detailed(refusal: FileRefusal, m: Material, contentType?: string): FileRefusal {
  if (refusal.type !== "wrong-format") return refusal;
  const named = falseExtension(m.file.name, refusal.format);
  return { ...refusal, ...(contentType && { contentType }), ...(named && { named }) };
}

function takeRole(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  m: Material,
  role: MaterialRole,
): Customization {
  const now = ports.clock.now();
  const refused = acceptMaterial(c.kind, role, { format: m.format ?? "other", size: m.size ?? 0 });
  if (refused) return refuseMaterial(c, m, detailed(refused, m), now);
  return withMaterial(c, { ...m, role, state: "receiving", upload: newUpload(ports, now) });
}

function ask(c: Customization, m: Material, now: number): Customization {
  const { upload: _upload, ...asked } = m;
  return addNotice(withMaterial(c, { ...asked, state: "asked" }), now, `which-${m.id}`, {
    type: "which-file",
    material: m.id,
  });
}
