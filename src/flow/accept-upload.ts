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
 * Adds the files of one message to a request. The record is written first, so that a message delivered twice adds its
 * files once. Each file gets its own answer.
 * @returns whether any file is new
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

/** Answers which of two roles a video has. */
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

/** Inspects the files of one message that have no role yet: each gets a role, a question or a refusal. */
export async function identify(ports: AcceptPorts, transfers: Transfers, id: string, ts: string): Promise<void> {
  const c = await ports.store.get(id);
  const unknown = c?.materials.filter((m) => m.file.ts === ts && isUnidentified(m)) ?? [];
  const inspected = new Map(await Promise.all(unknown.map(async (m) => [m.id, await inspect(ports, id, m)] as const)));
  // A letter in the same message may tell what the video beside it is, so videos come last.
  const videosLast = unknown.toSorted(
    (a, b) => Number(isVideo(inspected.get(a.id))) - Number(isVideo(inspected.get(b.id))),
  );
  const known = await change(ports.store, id, (now) =>
    videosLast.reduce((changed, m) => {
      const current = materialOf(changed, m.id);
      const file = inspected.get(m.id);
      return current && file && isUnidentified(current)
        ? assignRole(ports, changed, current, file, [...inspected.values()])
        : changed;
    }, now),
  );
  if (isRefusal(known)) return;
  for (const m of unknown) transfers.start(id, m.id);
  await deliverOutbox(ports, id);
}

/** Received, but not inspected yet. */
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

const INSPECT_ATTEMPTS = 3;
const INSPECT_RETRY_MS = 2_000;

async function inspect(
  ports: Pick<Ports, "files" | "clock" | "log">,
  id: string,
  m: Material,
): Promise<SourceFile | FileRefusal> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ports.files.inspect(m.file.id);
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
  m: Material,
  file: Inspected,
  message: readonly Inspected[],
): Customization {
  const now = ports.clock.now();
  if (isRefusal(file)) return refuseMaterial(c, m, file, now);
  const state = refusedByState(c);
  const seen: Material = { ...m, format: file.format, size: file.size, file: { ...m.file, name: file.name } };
  if (state) return refuseMaterial(c, seen, state, now);
  if (file.size === 0) return refuseMaterial(c, seen, { type: "empty-file" }, now);
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
  if (isRefusal(recognised)) return refuseMaterial(c, seen, detailed(recognised, seen, file.contentType), now);
  if (recognised.type === "ask") return ask(c, seen, now);
  return takeRole(ports, c, seen, recognised.role);
}

/** Adds what the name claims and what the content is to a wrong-format refusal. */
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
  const refused = acceptMaterial(c.kind, role, { format: m.format ?? "other", size: m.size ?? 0 }, c.gateway);
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
