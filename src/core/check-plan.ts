import type { CheckReport, Metric } from "./check-ports.ts";
import type { Customization } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import { roleRow } from "./material.ts";
import type { Check, Material } from "./material-record.ts";
import type { PollLimits } from "./poll-plan.ts";
import { nextWait } from "./poll-plan.ts";
import { addNotice, note, refuseMaterial, withMaterial } from "./record.ts";

/** Which inspection a material needs after it was uploaded, if any. `VOICE_CHECK=off` leaves out the basic voice's. */
export function checkNeeded(c: Customization, role: MaterialRole): Check["of"] | undefined {
  const { check } = roleRow(role);
  return check === "evaluation" && c.voiceCheck === "off" ? undefined : check;
}

/** A material that has arrived in COS: accepted, or waiting for its inspection. */
export function arrived(c: Customization, m: Material, now: number): Customization {
  if (!m.role) return c;
  const of = checkNeeded(c, m.role);
  if (!of) return settled(c, m, now);
  const check: Check = { of, startedAt: now, nextLookAt: now, everyMs: 0 };
  return withMaterial(c, { ...m, state: "stored", check });
}

/** The vendor has taken the inspection. @param compared  a text to compare with went with it */
export function checkStarted(
  c: Customization,
  m: Material,
  { task, compared }: { readonly task: string; readonly compared: boolean },
  now: number,
  minMs: number,
): Customization {
  if (!m.check) return c;
  const { failing: _failing, ...check } = m.check;
  const checking: Material = {
    ...m,
    state: "checking",
    check: { ...check, task, compared, everyMs: minMs, nextLookAt: now + minMs },
  };
  return note(withMaterial(c, checking), now, { type: "check-started", name: m.file.name, task });
}

/** Nothing new about an inspection, or it could not be asked. */
export function checkLater(
  c: Customization,
  m: Material,
  now: number,
  limits: PollLimits,
  because?: string,
): Customization {
  if (!m.check) return c;
  const { failing, ...check } = m.check;
  const everyMs = nextWait(check.everyMs, false, limits);
  const failed = because === undefined ? {} : { failing: { since: now, ...failing, because } };
  return withMaterial(c, { ...m, check: { ...check, ...failed, everyMs, nextLookAt: now + everyMs } });
}

/** The account does not have this inspection: it is said, and the material counts without it. */
export function checkAbsent(c: Customization, m: Material, now: number): Customization {
  return ended(c, m, { verdict: "absent" }, now, settled);
}

/** Face detection is only advised: one that has not ended by now is not waited for. */
const FACE_LONGEST_MS = 10 * 60_000;

/** What an inspection's report makes of its material. */
export function applyCheck(
  c: Customization,
  m: Material,
  report: CheckReport,
  now: number,
  limits: PollLimits,
): Customization {
  switch (report.type) {
    case "running":
      return isOverdue(m, now) ? ended(c, m, { verdict: "broken" }, now, brokenCheck) : checkLater(c, m, now, limits);
    case "evaluated": {
      const { metrics } = report;
      const passed = metrics.every((metric) => isWithin(metric, m.check?.compared === true));
      const mayPass = passed || c.voiceCheck === "warn";
      const found = { verdict: verdictOf(passed), metrics };
      return reported(ended(c, m, found, now, mayPass ? settled : failedCheck), m, now);
    }
    case "detected": {
      const { audioId, said } = report;
      const passed = report.code === 0 && audioId !== undefined;
      const found = {
        verdict: verdictOf(passed),
        code: String(report.code),
        said,
        ...(audioId !== undefined && { audioId }),
      };
      return reported(ended(c, m, found, now, passed ? settled : failedCheck), m, now);
    }
    case "faces": {
      const { passed, code, said, faces } = report;
      return ended(c, m, { verdict: verdictOf(passed), code, said, faces }, now, settled);
    }
    case "broken":
      return ended(c, m, { verdict: "broken", said: report.said }, now, brokenCheck);
    case "absent":
      return checkAbsent(c, m, now);
  }
}

function isOverdue({ check }: Material, now: number): boolean {
  return check?.of === "face" && now - check.startedAt >= FACE_LONGEST_MS;
}

function verdictOf(passed: boolean): "passed" | "failed" {
  return passed ? "passed" : "failed";
}

/** Judged by the range that came back; text accuracy only where there was a text to compare with. */
export function isWithin(metric: Metric, hasReference: boolean): boolean {
  if (metric.name === "wer" && !hasReference) return true;
  return (
    metric.value >= (metric.low ?? Number.NEGATIVE_INFINITY) &&
    metric.value <= (metric.high ?? Number.POSITIVE_INFINITY)
  );
}

/** Advice of ours, with no limit of the vendor's behind it: it is said on the card, and nobody has to answer. */
const ADVICE: readonly string[] = ["pixels"];

/** Something stands against a material that its requester may answer for. */
export function isWarned(m: Material): boolean {
  const faceFailed = m.check?.of === "face" && (m.check.verdict === "failed" || m.check.verdict === "broken");
  return (
    faceFailed ||
    (m.findings?.some((finding) => finding.severity === "warn" && !ADVICE.includes(finding.rule)) ?? false)
  );
}

/** The requester uses a file in spite of a warning. */
export function override(c: Customization, m: Material, by: string, now: number): Customization {
  if (!m.role) return c;
  const noted = note(c, now, { type: "warning-overridden", role: m.role, name: m.file.name }, by);
  return accept(noted, { ...m, overriddenBy: by }, now);
}

type Settle = (c: Customization, m: Material, now: number) => Customization;

function ended(c: Customization, m: Material, found: Partial<Check>, now: number, settle: Settle): Customization {
  if (!m.check) return c;
  const { failing: _failing, ...check } = m.check;
  const checked: Material = { ...m, check: { ...check, ...found } };
  const verdict = found.verdict ?? "broken";
  return note(settle(c, checked, now), now, { type: "check-ended", name: m.file.name, verdict });
}

/** Nothing more to find out: accepted, or waiting for the requester's word. */
function settled(c: Customization, m: Material, now: number): Customization {
  if (!m.role || !isWarned(m)) return accept(c, m, now);
  const warned = note(withMaterial(c, { ...m, state: "warned" }), now, {
    type: "file-warned",
    role: m.role,
    name: m.file.name,
  });
  return addNotice(warned, now, `warned-${m.id}`, { type: "file-warned", material: m.id });
}

function failedCheck(c: Customization, m: Material, now: number): Customization {
  const of = m.check?.of === "detection" ? "detection" : "evaluation";
  const code = m.check?.code === undefined ? {} : { code: m.check.code };
  return refuseMaterial(c, m, { type: "check-failed", of, ...code }, now);
}

/** An inspection that did not come about says nothing against a file; where a pass is needed, there is none. */
function brokenCheck(c: Customization, m: Material, now: number): Customization {
  const of = m.check?.of;
  const goesOn = of === "face" || (of === "evaluation" && c.voiceCheck === "warn");
  return goesOn ? settled(c, m, now) : refuseMaterial(c, m, { type: "check-broken", said: m.check?.said ?? "" }, now);
}

function reported(c: Customization, m: Material, now: number): Customization {
  return addNotice(c, now, `check-${m.id}`, { type: "check-report", material: m.id });
}

/** Takes a material, and says which older one it replaces. */
function accept(c: Customization, m: Material, now: number): Customization {
  const { role, size, crc64, file } = m;
  if (!role || size === undefined || crc64 === undefined) return c;
  const accepted = withMaterial(c, { ...m, state: "accepted" });
  const noted = note(accepted, now, { type: "file-accepted", role, name: file.name, size, crc64 }, file.by);
  const standing = new Set(c.materials.filter((o) => o.replacedBy === undefined).map((o) => o.id));
  const replaced = noted.materials.filter((o) => o.replacedBy !== undefined && standing.has(o.id));
  return replaced.reduce(
    (changed, o) => (o.role ? note(changed, now, { type: "file-replaced", role: o.role, name: o.file.name }) : changed),
    noted,
  );
}
