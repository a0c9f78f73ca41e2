import type { Policy } from "./approval.ts";
import { decidersOf, launchersOf } from "./approval.ts";
import type { Customization } from "./customization.ts";
import { addNotice, lastRound, note } from "./record.ts";
import type { Refusal } from "./refusal.ts";
import { isOver } from "./state.ts";
import type { Wait, Waiting } from "./waits-for.ts";
import { waitsFor } from "./waits-for.ts";

/** Between two reminders of one request by hand. */
const REMIND_AGAIN_MS = 4 * 3600_000;
/** Working days after which the requester is told that others have not acted. */
export const PATIENCE_DAYS = 3;

/** Who has to act before a request can continue, by the rules of the buttons; nobody while the vendor works. */
export function nextPeople(c: Customization, policy: Policy): string[] {
  if (c.state === "collecting" || c.state === "launch-unknown") return [c.requester];
  const candidates = new Set([c.requester, ...launchersOf(c, policy), ...decidersOf(c, policy)]);
  return [...candidates].filter((id) => waitsOf(c, id, policy).length > 0);
}

function waitsOf(c: Customization, id: string, policy: Policy): Wait[] {
  return waitsFor(c, { id, team: c.conversation.team }, policy);
}

/** Since when it has waited, in epoch ms. */
export function waitingSince(c: Customization, wait: Wait): number {
  switch (wait.type) {
    case "decide":
      return wait.offeredAt;
    case "which-file":
    case "override":
      return droppedAt(wait.material);
    case "use-file":
      return droppedAt(wait.offer);
    case "launch":
    case "resolve-launch":
      return c.history.findLast(({ event }) => event.type !== "reminded")?.at ?? c.createdAt;
  }
}

function droppedAt({
  file,
}: {
  readonly file: { readonly ts: string; readonly from?: { readonly at: number } };
}): number {
  return file.from?.at ?? Number(file.ts) * 1000;
}

/** Something has waited for them for so long. */
export function isOverdue(waiting: readonly Waiting[], now: number, afterMs: number): boolean {
  return waiting.some(({ c, waits }) => waits.some((wait) => now - waitingSince(c, wait) >= afterMs));
}

/** What has waited for others than the requester, once for each round and each launch. */
export interface LongWait {
  readonly key: string;
  readonly since: number;
  readonly people: readonly string[];
}

export function longWaitOf(c: Customization, policy: Policy): LongWait | undefined {
  const people = nextPeople(c, policy);
  if (people.length === 0 || people.includes(c.requester)) return undefined;
  const [wait] = waitsOf(c, people[0] ?? "", policy);
  if (!wait) return undefined;
  const what = c.state === "ready" ? `launch-${c.revision}` : `round-${lastRound(c)?.n}`;
  return { key: `long-wait-${what}`, since: waitingSince(c, wait), people };
}

/** Reminds those who are next in the thread, at most every four hours, or says why not. */
export function remindedNow(
  c: Customization,
  policy: Policy,
  { by, at }: { readonly by: string; readonly at: number },
): Customization | Refusal {
  if (isOver(c.state)) return { type: "already-over", state: c.state };
  const people = nextPeople(c, policy).filter((id) => id !== by);
  if (people.length === 0) return { type: "nobody-to-remind" };
  const last = c.history.findLast(({ event }) => event.type === "reminded");
  if (last && at - last.at < REMIND_AGAIN_MS)
    return { type: "reminded-already", by: last.by ?? c.requester, at: last.at };
  const noted = note(c, at, { type: "reminded", people }, by);
  return addNotice(noted, at, `reminder-${at}`, { type: "reminder", people, by });
}
