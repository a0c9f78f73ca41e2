import type { Customization, NewCustomization } from "./customization.ts";
import type { RequestInput } from "./form-rules.ts";
import type { Material } from "./material-record.ts";
import { addNotice, lastRound, launchMaterials, note, withMaterial } from "./record.ts";
import type { Refusal } from "./refusal.ts";

/** The training failed, or the vendor will not train again: only another request can lead to a result. */
export function isRefusedForGood(c: Customization): boolean {
  // A launch that may have worked has perhaps made what another request would pay for again.
  if (c.launchOutcomeUnknown) return false;
  return c.state === "failed" || (c.state === "awaiting-decision" && lastRound(c)?.rejectReason !== undefined);
}

/** @param latest  the last request that tried it again: one that was cancelled does not count */
export function cannotTryAgain(c: Customization, latest: Customization | undefined): Refusal | undefined {
  if (c.erased !== undefined) return { type: "was-erased", id: c.id };
  if (!isRefusedForGood(c)) return { type: "cannot-try-again", id: c.id, state: c.state };
  return latest && latest.state !== "cancelled" ? { type: "already-tried-again", id: c.id, as: latest.id } : undefined;
}

/** What the form had asked for. */
export function inputOf(c: Customization): RequestInput {
  const { kind, name, sex, notes, demoText, background, photoVersion, language, referenceText, approvers } = c;
  return {
    kind,
    name,
    sex,
    approvers,
    ...(notes && { notes }),
    ...(demoText && { demoText }),
    ...(background && { background }),
    ...(photoVersion !== undefined && { photoVersion }),
    ...(language && { language }),
    ...(referenceText && { referenceText }),
  };
}

const LONGEST_NAME = 50;

/** The name with a number after it, for an account that has the name itself already. @param n  2 or more */
export function numberedName(name: string, n: number): string {
  const end = `-${n}`;
  return `${[...name.replace(/-\d{1,3}$/, "")].slice(0, LONGEST_NAME - end.length).join("")}${end}`;
}

/** The files that counted. What was taken out of a package comes out of it again. */
export function filesToTakeAgain(c: Customization): Material[] {
  return launchMaterials(c).filter((m) => !m.packed);
}

/** A file of the earlier request, and whether Slack still has it. */
export interface FoundAgain {
  readonly material: Material;
  readonly missing?: "gone" | "elsewhere";
}

export interface Again {
  readonly at: number;
  /** Who pressed the button. */
  readonly by: string;
  /** Of this process, for the uploads that begin. */
  readonly upload: NonNullable<Material["upload"]>;
}

/**
 * The earlier request's texts and files in a new one. Files of the requester, and those that they have allowed
 * themselves, count at once; those of others are offered. Missing ones are asked for.
 */
export function withFilesAgain(
  draft: NewCustomization,
  earlier: Customization,
  found: readonly FoundAgain[],
  { at, by, upload }: Again,
): NewCustomization {
  const { texts, chosenText, formerRequesters } = earlier;
  const there = found.filter(({ missing }) => missing === undefined).map(({ material }) => material);
  const counts = (m: Material): boolean => [m.file.by, m.allowed?.by].includes(draft.requester);
  const offers = there.filter((m) => !counts(m)).map((m) => ({ ...seen(m), look: lookBy(upload) }));
  const start: Customization = {
    ...draft,
    id: earlier.id,
    version: 0,
    ...(texts && { texts }),
    ...(chosenText && { chosenText }),
    ...(formerRequesters && { formerRequesters }),
    ...(offers.length > 0 && { offers }),
    retryOf: earlier.id,
    history: [{ at, by, event: { type: "opened", again: earlier.id } }],
  };
  const taken = there
    .filter(counts)
    .reduce<Customization>((c, m) => withMaterial(c, { ...allowed(m), state: "receiving", upload }), start);
  const names = there.map(({ file }) => file.name);
  const noted = names.length > 0 ? note(taken, at, { type: "files-taken-again", from: earlier.id, names }) : taken;
  const asked = askedFor(found);
  const {
    id: _id,
    version: _version,
    ...record
  } = asked.length > 0 ? addNotice(noted, at, "files-missing", { type: "files-missing", files: asked }) : noted;
  return record;
}

/** What is known of a file without what became of it. */
function seen({ id, role, file, format, size }: Material) {
  return { id, file, ...(role && { role }), ...(format && { format }), ...(size !== undefined && { size }) };
}

function allowed(m: Material) {
  return { ...seen(m), ...(m.allowed && { allowed: m.allowed }) };
}

function lookBy({ owner, leaseUntil }: Again["upload"]) {
  return { owner, leaseUntil };
}

function askedFor(found: readonly FoundAgain[]) {
  return found.flatMap(({ material: { role, file }, missing }) =>
    role && missing ? [{ role, name: file.name, why: missing }] : [],
  );
}

/** The most tries that the record keeps. */
const MOST_TRIES = 20;

/** Links a request to the one that tries it again. */
export function withTry(c: Customization, as: string, { at, by }: Pick<Again, "at" | "by">): Customization {
  const tries = c.retriedAs ?? [];
  if (tries.includes(as)) return c;
  return note({ ...c, retriedAs: [...tries, as].slice(-MOST_TRIES) }, at, { type: "tried-again", as }, by);
}
