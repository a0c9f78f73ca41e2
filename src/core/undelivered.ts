import type { Customization } from "./customization.ts";
import type { Material } from "./material-record.ts";
import type { Notice, NoticeContent } from "./notice.ts";
import { materialOf } from "./record.ts";

/** Notices that one message tells; the first says what and to whom. */
export type NoticeBatch = readonly [Notice, ...Notice[]];

/** A refusal waits this long for the other files of its message to be looked at. */
const HOLD_MS = 20_000;

/**
 * What is to be delivered, in order. One message holds all refusals for one person in one place; those of one drop wait
 * for each other.
 * @param tried  keys
 * @param now    epoch ms
 */
export function undeliveredBatches(c: Customization, tried: ReadonlySet<string>, now: number): NoticeBatch[] {
  const batches = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of c.outbox) {
    if (notice.delivered !== undefined || tried.has(notice.key) || isHeld(c, notice, now)) continue;
    const key = batchOf(c, notice);
    const batch = batches.get(key);
    if (batch) batch.push(notice);
    else batches.set(key, [notice]);
  }
  return [...batches.values()];
}

function isHeld(c: Customization, { at, content }: Notice, now: number): boolean {
  const file = content.type === "file-refused" ? materialOf(c, content.material)?.file : undefined;
  if (!file || now - at >= HOLD_MS) return false;
  const isBeside = (other: Pick<Material, "file">): boolean => other.file.ts === file.ts && other.file.by === file.by;
  return (
    c.materials.some((m) => isBeside(m) && isBeingLookedAt(m)) || (c.offers ?? []).some((o) => o.look && isBeside(o))
  );
}

/** Whether it breaks a limit is not known yet. */
export function isBeingLookedAt({ state, role, findings, packed }: Material): boolean {
  return state === "receiving" && packed === undefined && (role === undefined || findings === undefined);
}

function batchOf(c: Customization, { key, content }: Notice): string {
  switch (content.type) {
    case "file-refused": {
      const file = materialOf(c, content.material)?.file;
      return JSON.stringify(["refused", file?.by, file?.from?.channel, file?.from?.thread]);
    }
    case "files-turned-away":
      return JSON.stringify(["turned away", content.to, content.from, content.refusal.type]);
    default:
      return key;
  }
}

/** The most delivered notices that a record keeps whose messages never change. */
const MOST_SETTLED = 40;

/** Notices whose messages never change, so that nothing needs them once they are delivered. */
const SETTLED: readonly NoticeContent["type"][] = [
  "file-refused",
  "file-replaced",
  "check-report",
  "launch-refused",
  "decision-refused",
  "approver-added",
  "owner-changed",
  "reminder",
  "card",
];

/** Marks notices as delivered. Drops notices of files turned away at once, and the oldest settled ones. */
export function withDelivered(c: Customization, keys: ReadonlySet<string>, delivered: string): Customization {
  const marked = c.outbox
    .map((notice) => (keys.has(notice.key) ? { ...notice, delivered } : notice))
    .filter(({ content, delivered: told }) => told === undefined || content.type !== "files-turned-away");
  const settled = marked.filter((notice) => notice.delivered !== undefined && SETTLED.includes(notice.content.type));
  const surplus = new Set(settled.slice(0, Math.max(0, settled.length - MOST_SETTLED)));
  return { ...c, outbox: marked.filter((notice) => !surplus.has(notice)) };
}
