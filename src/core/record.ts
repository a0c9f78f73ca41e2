import type { Customization, Round, Task } from "./customization.ts";
import { foldFinished } from "./fold.ts";
import { foldHistory } from "./fold-history.ts";
import type { HistoryEvent } from "./history.ts";
import type { MaterialRole, Need } from "./kinds.ts";
import { needs } from "./kinds.ts";
import type { Material } from "./material-record.ts";
import type { NoticeContent } from "./notice.ts";
import { outOfPackage } from "./packed-recording.ts";
import type { FileRefusal } from "./refusal.ts";
import type { State } from "./state.ts";
import { canMove, collects } from "./state.ts";

/** @throws if the move is illegal, which is a bug */
export function move(c: Customization, to: State): Customization {
  if (c.state === to) return c;
  if (!canMove(c.state, to)) throw new Error(`moving ${c.id}: ${c.state} cannot become ${to}`);
  return { ...c, state: to };
}

export function note(c: Customization, at: number, event: HistoryEvent, by?: string): Customization {
  return { ...c, history: foldHistory([...c.history, by === undefined ? { at, event } : { at, by, event }]) };
}

/** Adds a notice to the outbox, unless its key is already there. */
export function addNotice(c: Customization, at: number, key: string, content: NoticeContent): Customization {
  if (c.outbox.some((notice) => notice.key === key)) return c;
  return { ...c, outbox: [...c.outbox, { key, at, content }] };
}

export function materialOf(c: Customization, id: string): Material | undefined {
  return c.materials.find((m) => m.id === id);
}

/** The accepted material of a role that no newer one has replaced. */
export function currentMaterial(c: Customization, role: MaterialRole): Material | undefined {
  return c.materials.find((m) => m.role === role && m.state === "accepted" && m.replacedBy === undefined);
}

/** Still being processed and not replaced by a newer file. */
export function isOnItsWay(m: Material): boolean {
  return m.replacedBy === undefined && (m.state === "receiving" || m.state === "stored" || m.state === "checking");
}

/** Not yet in COS. */
export function isBeingReceived(m: Material): boolean {
  return isOnItsWay(m) && m.state === "receiving";
}

/** In COS, and the vendor is to inspect it. */
export function isBeingChecked(m: Material): boolean {
  return isOnItsWay(m) && m.state !== "receiving";
}

/** Waits for the requester to override its warning; no file of its role that was posted later is accepted. */
export function isOpenWarning(c: Customization, m: Material): boolean {
  if (m.state !== "warned" || !m.role || !collects(c.state)) return false;
  const current = currentMaterial(c, m.role);
  return current === undefined || isNewer(m, current);
}

/** Whether Launch waits for it. With VOICE_CHECK=off nothing uses a basic voice's recording. */
export function isDemanded(c: Customization, need: Need): boolean {
  return !(c.voiceCheck === "off" && need.roles.includes("recording"));
}

/** Needs that Launch still waits for. */
export function missingNeeds(c: Customization): Need[] {
  const demanded = needs(c.kind, c.consentRequired).filter((need) => isDemanded(c, need));
  return demanded.filter((need) => !need.roles.some((role) => currentMaterial(c, role)));
}

/** Roles with a material that is accepted or on its way. */
export function takenRoles(c: Customization): MaterialRole[] {
  return c.materials.flatMap((m) =>
    m.role && m.replacedBy === undefined && (m.state === "accepted" || isOnItsWay(m)) ? [m.role] : [],
  );
}

/**
 * Adds or replaces a material, takes the next recording out of a voice package where none has passed, and moves the
 * request between `collecting` and `ready` as that requires.
 */
export function withMaterial(c: Customization, material: Material): Customization {
  const known = c.materials.some((m) => m.id === material.id);
  const materials = known ? c.materials.map((m) => (m.id === material.id ? material : m)) : [...c.materials, material];
  const replaced = { ...c, materials: replaceOlder(materials) };
  const next = { ...replaced, materials: [...replaced.materials, ...nextOutOfPackage(replaced)] };
  const revision = launchSet(next) === launchSet(c) ? c.revision : c.revision + 1;
  return foldFinished(updateReadiness({ ...next, revision }));
}

/**
 * Refuses a file. It stays on the card, and the person who dropped it gets a private message, unless an inspection
 * reports it in the thread. For recordings out of a package there is one report, when none is left to try.
 */
export function refuseMaterial(c: Customization, m: Material, refusal: FileRefusal, at: number): Customization {
  const { upload: _upload, ...kept } = m;
  const refused = withMaterial(c, { ...kept, state: "refused", refusal });
  if (!m.packed) {
    const noted = note(refused, at, { type: "file-refused", name: m.file.name, refusal }, m.file.by);
    // The thread's report says it all.
    if (refusal.type === "check-failed") return noted;
    return addNotice(noted, at, checkKey("refused", m), { type: "file-refused", material: m.id });
  }
  const noted = note(refused, at, { type: "file-refused", name: m.file.name, refusal });
  return isLastOut(noted, m)
    ? addNotice(noted, at, checkKey("check", m), { type: "check-report", material: m.id })
    : noted;
}

/** The key of a notice about a file: a new one for each inspection of it. */
export function checkKey(about: "check" | "refused", { id, check }: Material): string {
  return check?.again === undefined ? `${about}-${id}` : `${about}-${id}-${check.again}`;
}

/** What has been taken out of a voice package so far, in order. */
export function takenOutOf(c: Pick<Customization, "materials">, packageId: string): Material[] {
  return c.materials.filter((m) => m.packed?.package === packageId);
}

/** No further recording of its package is inspected. */
export function isLastOut(c: Customization, m: Material): boolean {
  return m.packed !== undefined && !takenOutOf(c, m.packed.package).some(isOnItsWay);
}

/** The next recording of the voice package to inspect, unless one has passed or is on its way. */
function nextOutOfPackage(c: Customization): Material[] {
  const wanted = needs(c.kind, c.consentRequired).find(({ roles }) => roles.includes("recording"));
  if (!wanted || !isDemanded(c, wanted) || !collects(c.state)) return [];
  const from = currentMaterial(c, "voice-package");
  const hasOne = c.materials.some((m) => m.role === "recording" && m.replacedBy === undefined && isInUse(m));
  const n = from ? takenOutOf(c, from.id).length + 1 : 0;
  const recording = from?.recordings?.[n - 1];
  if (!from || !recording || hasOne) return [];
  return [outOfPackage(from, n, recording)];
}

function isInUse(m: Material): boolean {
  return m.state === "accepted" || isOnItsWay(m);
}

/** Needs that people are asked for: a package's own recordings are tried before anybody has to record one. */
export function neededFromPeople(c: Customization): Need[] {
  const hasPackage = currentMaterial(c, "voice-package") !== undefined;
  return missingNeeds(c).filter((need) => hasPackage || !need.roles.includes("recording"));
}

/** Once a file is accepted, it replaces all files of its role that were posted earlier, finished or not. */
function replaceOlder(all: readonly Material[]): Material[] {
  const materials = all.map((m) => replaceByRole(all, m));
  return materials.map((m) => {
    const replacedBy = m.packed && materials.find(({ id }) => id === m.packed?.package)?.replacedBy;
    return replacedBy && m.replacedBy === undefined ? { ...m, replacedBy } : m;
  });
}

function replaceByRole(materials: readonly Material[], m: Material): Material {
  if (!isInUse(m) || m.role === undefined || m.replacedBy !== undefined) return m;
  const newer = materials.filter((o) => o.role === m.role && o.state === "accepted" && isNewer(o, m));
  const newest = newer.sort((a, b) => (isNewer(a, b) ? -1 : 1))[0];
  return newest ? { ...m, replacedBy: newest.id } : m;
}

function isNewer(a: Material, b: Material): boolean {
  const [first, second] = [orderOf(a), orderOf(b)];
  return first === second ? a.id > b.id : first > second;
}

/**
 * Since when it counts, in seconds: a file from another message since it was added, an offered one since the yes.
 * Whatever was dropped counts before what was taken out of a package.
 */
function orderOf({ file, packed, allowed }: Material): number {
  if (packed) return packed.n / 1000;
  if (allowed) return allowed.order;
  return file.from ? file.from.at / 1000 : Number(file.ts);
}

/** The order of an offered file that counts from now on: after all that its role has, whatever our clock says. */
export function orderAfterAll(c: Customization, role: MaterialRole, ts: string): number {
  const others = c.materials.filter((m) => m.role === role).map(orderOf);
  return Math.max(Number(ts), ...others) + 1e-6;
}

function updateReadiness(c: Customization): Customization {
  if (!collects(c.state)) return c;
  const waiting = c.materials.some((m) => m.role !== undefined && isOnItsWay(m));
  return move(c, waiting || missingNeeds(c).length > 0 ? "collecting" : "ready");
}

/** What Launch would use now. */
export function launchMaterials(c: Customization): Material[] {
  const roles = needs(c.kind, c.consentRequired).flatMap((need) => need.roles);
  return roles.flatMap((role) => currentMaterial(c, role) ?? []);
}

/** The same as one text. Each Launch button belongs to one revision of it. */
function launchSet(c: Customization): string {
  return launchMaterials(c)
    .map(({ role, id }) => `${role} ${id}`)
    .join(" ");
}

export function lastRound(c: Customization): Round | undefined {
  return c.rounds.at(-1);
}

export function withLastRound(c: Customization, change: (round: Round) => Round): Customization {
  return { ...c, rounds: c.rounds.map((round, i) => (i === c.rounds.length - 1 ? change(round) : round)) };
}

export function withTask(c: Customization, change: Partial<Task>): Customization {
  return c.task ? { ...c, task: { ...c.task, ...change } } : c;
}

export function withoutClaim(c: Customization): Customization {
  const { claim: _claim, ...rest } = c;
  return rest;
}

export function hasUndelivered(c: Customization): boolean {
  return c.outbox.some((notice) => notice.delivered === undefined);
}

/** When the account's lists are to be read next for a finished request; undefined once that has ended. */
export function lookupDueAt({ lookup }: Customization): number | undefined {
  return lookup && lookup.ended === undefined ? lookup.nextLookAt : undefined;
}
