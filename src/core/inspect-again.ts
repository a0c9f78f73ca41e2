import { checkNeeded } from "./check-plan.ts";
import type { Customization } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import { kindRow } from "./kinds.ts";
import type { Check, Material } from "./material-record.ts";
import { isBeingChecked, withMaterial } from "./record.ts";

/**
 * The language or the reference text was changed, so what the inspection of a voice's recording found no longer counts: it
 * is inspected again, and Launch waits for that. One that was refused by its inspection gets another chance.
 */
export function inspectAgain(c: Customization, now: number): Customization {
  const { speech } = kindRow(c.kind);
  const of = speech && checkNeeded(c, speech);
  if (!speech || !of) return c;
  return toInspect(c, speech).reduce((next, m) => withMaterial(next, stored(m, of, now)), c);
}

function stored({ refusal: _refusal, ...m }: Material, of: Check["of"], now: number): Material {
  const again = (m.check?.again ?? 0) + 1;
  return { ...m, state: "stored", check: { of, again, startedAt: now, nextLookAt: now, everyMs: 0 } };
}

/** What counts or is being inspected; where nothing does, what failed last. */
function toInspect(c: Customization, role: MaterialRole): Material[] {
  const all = c.materials.filter((m) => m.role === role && m.replacedBy === undefined && m.location && m.crc64);
  const current = all.filter((m) => m.state === "accepted" || m.state === "warned" || isBeingChecked(m));
  if (current.length > 0) return current;
  const failed = all.filter((m) => m.refusal?.type === "check-failed" || m.refusal?.type === "check-broken");
  const last = failed.at(-1);
  if (!last) return [];
  return last.packed ? failed.filter((m) => m.packed?.package === last.packed?.package) : [last];
}
