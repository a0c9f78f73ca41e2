import type { Person } from "../core/approval.ts";
import { mayAnswer, mayDropFiles } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { isAnswered, roomForFiles, withAnswered, withRefusedMore } from "../core/fold.ts";
import type { MaterialRole } from "../core/kinds.ts";
import type { Material } from "../core/material-record.ts";
import { allowOffer, offerOf, withOffer } from "../core/offer.ts";
import type { Ports } from "../core/ports.ts";
import { addNotice, isBeingReceived, materialOf, note, withMaterial } from "../core/record.ts";
import type { FileRefusal, Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import type { Drop, DroppedFile } from "../core/thread-ports.ts";
import { settledBy } from "../core/which-file.ts";
import { change } from "./change.ts";
import type { IdentifyPorts } from "./identify-files.ts";
import { identify, takeRole } from "./identify-files.ts";
import { deliverOutbox } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";
import { newUpload } from "./upload-lease.ts";

export type AcceptPorts = IdentifyPorts & Pick<Ports, "settings">;

/**
 * Adds the files of one message to a request: those of the requester count, those of others are offered. The record is
 * written first, so that a message delivered twice adds its files once. Each file gets its own answer.
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

/** Answers which of two roles a video of the requester has. */
export async function answerWhichFile(
  ports: AcceptPorts,
  transfers: Transfers,
  ask: { readonly id: string; readonly material: string; readonly role: MaterialRole; readonly who: Person },
): Promise<Customization | Refusal> {
  const answered = await change<Refusal>(ports.store, ask.id, (c) => {
    const m = materialOf(c, ask.material);
    if (!m) return { type: "not-found", id: ask.id };
    const refused = mayAnswer(c, ask.who, ports.settings.policy);
    if (refused) return refused;
    if (m.state !== "asked") return m.role ? { type: "already-answered", role: m.role } : { type: "file-gone" };
    if (!collects(c.state)) return { type: "not-collecting", state: c.state, id: c.id };
    const settled = settledBy(c, m, ask.role);
    const chosen = choose(ports, c, m, ask.role, ask.who);
    return settled ? choose(ports, chosen, settled.other, settled.role, ask.who) : chosen;
  });
  if (isRefusal(answered)) return answered;
  for (const m of answered.materials) {
    const isNew = m.id === ask.material || m.file.ts === materialOf(answered, ask.material)?.file.ts;
    if (isNew && isBeingReceived(m)) transfers.start(ask.id, m);
  }
  await deliverOutbox(ports, ask.id);
  return answered;
}

function choose(
  ports: Pick<Ports, "clock" | "owner">,
  c: Customization,
  m: Material,
  role: MaterialRole,
  who: Person,
): Customization {
  return takeRole(ports, note(c, ports.clock.now(), { type: "role-chosen", role, name: m.file.name }, who.id), m, role);
}

const LONGEST_NAME = 255;
/** A caption is kept until the file has its role: its first words tell which one. */
const LONGEST_CAPTION = 500;
/** Longer than inspecting and probing the files of one message takes. */
const LOOK_LEASE_MS = 120_000;

type ReceivePorts = Pick<Ports, "clock" | "owner">;

function receive(ports: ReceivePorts, c: Customization, drop: Drop): Customization {
  if (!drop.from && isAnswered(c, drop.ts)) return c;
  const isKnown = (file: DroppedFile): boolean => {
    const id = materialId(drop, file);
    return materialOf(c, id) !== undefined || offerOf(c, id) !== undefined;
  };
  const unknown = drop.files.filter((file) => !isKnown(file));
  const refused = mayDropFiles(c, drop.by) ?? refusedByState(c);
  if (refused) return turnAway(ports, c, drop, unknown, refused);
  const { limit, room } = roomForFiles(c, drop.by.id);
  const taken = unknown.slice(0, room).reduce((changed, file) => take(ports, changed, drop, file), c);
  const surplus = unknown.slice(room);
  const rest = turnAway(ports, taken, drop, surplus, { type: "too-many-files", limit });
  const added = withRefusedMore(rest, surplus.length);
  return drop.files
    .filter(isKnown)
    .reduce((changed, file) => addedByRequester(ports, changed, drop, materialId(drop, file)), added);
}

function take(ports: ReceivePorts, c: Customization, drop: Drop, file: DroppedFile): Customization {
  const now = ports.clock.now();
  const dropped = droppedFile(drop, file, now);
  const taken =
    drop.by.id === c.requester
      ? withMaterial(c, { ...dropped, state: "receiving", upload: newUpload(ports, now) })
      : withOffer(c, { ...dropped, look: { owner: ports.owner, leaseUntil: now + LOOK_LEASE_MS } });
  const { from, by } = drop;
  return from ? note(taken, now, { type: "file-added", name: file.name, author: from.author }, by.id) : taken;
}

/** A requester who adds a file that waits for their yes says yes to it. */
function addedByRequester(ports: ReceivePorts, c: Customization, drop: Drop, id: string): Customization {
  const offer = offerOf(c, id);
  if (!offer?.role || offer.look || drop.by.id !== c.requester || !collects(c.state)) return c;
  const allowed = allowOffer(c, offer, offer.role, { by: c.requester, at: ports.clock.now() });
  return takeRole(ports, allowed.c, allowed.material, offer.role);
}

/** Answers files that leave nothing in the record but that they were answered. */
function turnAway(
  { clock }: Pick<Ports, "clock">,
  c: Customization,
  drop: Drop,
  files: readonly DroppedFile[],
  refusal: FileRefusal,
): Customization {
  const [first] = files;
  if (!first) return c;
  const { ts, by, from } = drop;
  const at = clock.now();
  const where = from && { channel: from.channel, ...(from.thread && { thread: from.thread }) };
  const answered = from ? c : withAnswered(c, ts);
  return addNotice(answered, at, from ? `turned-away-${ts}-${at}` : `turned-away-${ts}`, {
    type: "files-turned-away",
    to: by.id,
    name: clipped(first.name, LONGEST_NAME),
    files: files.length,
    refusal,
    ...(where && { from: where }),
  });
}

function refusedByState(c: Customization): FileRefusal | undefined {
  return collects(c.state) ? undefined : { type: "not-collecting", state: c.state, id: c.id };
}

function materialId(drop: Drop, file: DroppedFile): string {
  return `${drop.ts}/${file.fileId}`;
}

function droppedFile(drop: Drop, file: DroppedFile, now: number): Pick<Material, "id" | "file"> {
  const { ts, by, byName, text, from } = drop;
  const name = clipped(file.name, LONGEST_NAME);
  const caption = clipped(text, LONGEST_CAPTION);
  const who = { by: by.id, ...(byName && { byName }) };
  const dropped = { id: file.fileId, name, ts, ...who, caption, ...(file.link && { link: file.link }) };
  return { id: materialId(drop, file), file: from ? { ...dropped, from: { ...from, at: now } } : dropped };
}

function clipped(text: string, most: number): string {
  return text.length > most ? text.slice(0, most) : text;
}
