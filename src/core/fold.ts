import type { Customization } from "./customization.ts";
import type { Material } from "./material-record.ts";
import type { Notice, NoticeContent } from "./notice.ts";

/** The most files that may count at a time. */
const MOST_FILES = 40;
/** The most files of others that may wait for a yes: they must leave room for the requester's own. */
const MOST_OFFERS = 20;
/** The most files that the record keeps after they were refused or replaced; the refusals among the rest are counted. */
const MOST_FINISHED = 20;
const MOST_ANSWERED = 300;

/** How many files of somebody a request takes at most, and how many more it takes now. */
export function roomForFiles(c: Customization, by: string): { readonly limit: number; readonly room: number } {
  const isOwn = by === c.requester;
  const limit = isOwn ? MOST_FILES : MOST_OFFERS;
  const taken = isOwn ? c.materials.filter((m) => !isFinished(m)).length : (c.offers?.length ?? 0);
  return { limit, room: Math.max(0, limit - taken) };
}

function isFinished(m: Material): boolean {
  return m.state === "refused" || m.replacedBy !== undefined;
}

/** Drops the oldest finished files, with what was said about them; nobody is to be told about one any more. */
export function foldFinished(c: Customization): Customization {
  const isNeeded = (m: Material): boolean => isUntold(c, m.id) || isOfCurrentPackage(c, m);
  const finished = c.materials.filter((m) => isFinished(m) && !isNeeded(m));
  const surplus = finished.slice(0, Math.max(0, finished.length - MOST_FINISHED));
  if (surplus.length === 0) return c;
  const gone = new Set(surplus.map(({ id }) => id));
  const materials = c.materials.filter((m) => !gone.has(m.id));
  const kept = new Set([...materials, ...(c.offers ?? [])].map(({ id }) => id));
  const outbox = c.outbox.filter((notice) => notice.delivered === undefined || !isOver(notice, gone, kept));
  const folded = withRefusedMore(
    { ...c, materials, outbox },
    surplus.filter((m) => m.state === "refused" && !m.packed).length,
  );
  return withAnswered(folded, ...surplus.filter((m) => !m.file.from && !m.file.uploadLink).map((m) => m.file.ts));
}

/** What was taken out of a package tells which recording is next. */
function isOfCurrentPackage(c: Customization, { packed }: Material): boolean {
  return packed !== undefined && c.materials.some((m) => m.id === packed.package && !isFinished(m));
}

/** Counts refused files of which nothing else is kept. */
export function withRefusedMore(c: Customization, count: number): Customization {
  return count === 0 ? c : { ...c, refusedMore: (c.refusedMore ?? 0) + count };
}

function isUntold(c: Customization, id: string): boolean {
  return c.outbox.some((notice) => notice.delivered === undefined && filesOf(notice.content).includes(id));
}

/** It is about a file that is dropped now, and about no other that is kept. */
function isOver({ content }: Notice, gone: ReadonlySet<string>, kept: ReadonlySet<string>): boolean {
  const files = filesOf(content);
  return files.some((id) => gone.has(id)) && !files.some((id) => kept.has(id));
}

function filesOf(content: NoticeContent): readonly string[] {
  if (content.type === "files-offered") return content.files;
  if (!("material" in content)) return [];
  return [content.material, ...(content.type === "which-file" ? (content.more ?? []) : [])];
}

/** Remembers messages of the thread whose files have left nothing else in the record. */
export function withAnswered(c: Customization, ...messages: readonly string[]): Customization {
  if (messages.length === 0) return c;
  const all = [...new Set([...(c.answered ?? []), ...messages])].sort((a, b) => Number(a) - Number(b));
  return { ...c, answered: all.slice(-MOST_ANSWERED) };
}

/** Whether a message of the thread was answered. Of those before all that are remembered, every one was. */
export function isAnswered({ answered = [] }: Customization, ts: string): boolean {
  const isBefore = answered.length === MOST_ANSWERED && Number(ts) < Number(answered[0]);
  return isBefore || answered.includes(ts);
}
