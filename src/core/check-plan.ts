import type { CheckReport, Metric } from "./check-ports.ts";
import type { Customization } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import { roleRow } from "./material.ts";
import type { Check, Material } from "./material-record.ts";
import type { PollLimits } from "./poll-plan.ts";
import { nextWait } from "./poll-plan.ts";
import { addNotice, checkKey, isLastOut, note, refuseMaterial, withMaterial } from "./record.ts";

/** The inspection that a material needs after its upload, if any. `VOICE_CHECK=off` skips the basic voice's. */
export function checkNeeded(c: Customization, role: MaterialRole): Check["of"] | undefined {
  const { check } = roleRow(role);
  return check === "evaluation" && c.voiceCheck === "off" ? undefined : check;
}

/** A material has arrived in COS: it is accepted, or waits for its inspection. */
export function arrived(c: Customization, m: Material, now: number): Customization {
  if (!m.role) return c;
  const of = checkNeeded(c, m.role);
  if (!of) return acceptOrWarn(c, m, now);
  const check: Check = { of, startedAt: now, nextLookAt: now, everyMs: 0 };
  return withMaterial(c, { ...m, state: "stored", check });
}

/** The vendor has started the inspection. @param compared  a reference text was sent with it */
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

/** Schedules the next poll of an inspection. @param because  why this poll failed, if it did */
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

/** The account does not have this inspection: the material is accepted without it, and the card says so. */
export function checkAbsent(c: Customization, m: Material, now: number): Customization {
  return withVerdict(c, m, { verdict: "absent" }, now, acceptOrWarn);
}

/** Face detection is only advice, so it must not hold a request up for longer than this. */
const FACE_LONGEST_MS = 10 * 60_000;

/** Applies an inspection's report to its material. */
export function applyCheck(
  c: Customization,
  m: Material,
  report: CheckReport,
  now: number,
  limits: PollLimits,
): Customization {
  switch (report.type) {
    case "running":
      return isOverdue(m, now)
        ? withVerdict(c, m, { verdict: "broken" }, now, brokenCheck)
        : checkLater(c, m, now, limits);
    case "evaluated": {
      const { metrics } = report;
      const passed = metrics.every((metric) => isWithin(metric, m.check?.compared === true));
      const mayPass = passed || c.voiceCheck === "warn";
      const found = { verdict: verdictOf(passed), metrics };
      const ended = withVerdict(c, m, found, now, mayPass ? acceptOrWarn : failedCheck);
      // The report of a package comes once: when one of its recordings passes, or with the last.
      return m.packed && !isLastOut(ended, m) ? ended : withReportNotice(ended, m, now);
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
      return withReportNotice(withVerdict(c, m, found, now, passed ? acceptOrWarn : failedCheck), m, now);
    }
    case "faces": {
      const { passed, code, said, faces } = report;
      return withVerdict(c, m, { verdict: verdictOf(passed), code, said, faces }, now, acceptOrWarn);
    }
    case "broken":
      return withVerdict(c, m, { verdict: "broken", said: report.said }, now, brokenCheck);
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

/** Uses the range that the vendor returned. Text accuracy counts only if a reference text was sent. */
export function isWithin(metric: Metric, hasReference: boolean): boolean {
  if (metric.name === "wer" && !hasReference) return true;
  return (
    metric.value >= (metric.low ?? Number.NEGATIVE_INFINITY) &&
    metric.value <= (metric.high ?? Number.POSITIVE_INFINITY)
  );
}

/** Our own recommendations, without a published limit: shown on the card, but they need no answer. */
const ADVICE: readonly string[] = ["pixels"];
/** What the inspection of a recording decides: only recommended, so it needs no answer either. */
const INSPECTED: readonly string[] = ["duration", "sample-rate", "bit-rate", "suggested-size"];

/** The requester must override a warning before this material is accepted; what is in a package goes with the package. */
export function isWarned(m: Material): boolean {
  if (m.packed) return false;
  const faceFailed = m.check?.of === "face" && (m.check.verdict === "failed" || m.check.verdict === "broken");
  const advice = m.role && roleRow(m.role).onlyInspected ? [...ADVICE, ...INSPECTED] : ADVICE;
  return (
    faceFailed || (m.findings?.some(({ severity, rule }) => severity === "warn" && !advice.includes(rule)) ?? false)
  );
}

/** The requester accepts a file despite its warning. */
export function override(c: Customization, m: Material, by: string, now: number): Customization {
  if (!m.role) return c;
  const noted = note(c, now, { type: "warning-overridden", role: m.role, name: m.file.name }, by);
  return accept(noted, { ...m, overriddenBy: by }, now);
}

type Outcome = (c: Customization, m: Material, now: number) => Customization;

function withVerdict(
  c: Customization,
  m: Material,
  found: Partial<Check>,
  now: number,
  outcome: Outcome,
): Customization {
  if (!m.check) return c;
  const { failing: _failing, ...check } = m.check;
  const checked: Material = { ...m, check: { ...check, ...found } };
  const verdict = found.verdict ?? "broken";
  return note(outcome(c, checked, now), now, { type: "check-ended", name: m.file.name, verdict });
}

/** All checks are over: the material is accepted, or waits for the requester to override a warning. */
function acceptOrWarn(c: Customization, m: Material, now: number): Customization {
  if (!m.role || !isWarned(m) || m.overriddenBy !== undefined) return accept(c, m, now);
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

/** A broken inspection is no evidence against a file, but where a pass is required the file must be refused. */
function brokenCheck(c: Customization, m: Material, now: number): Customization {
  const of = m.check?.of;
  const goesOn = of === "face" || (of === "evaluation" && c.voiceCheck === "warn");
  return goesOn
    ? acceptOrWarn(c, m, now)
    : refuseMaterial(c, m, { type: "check-broken", said: m.check?.said ?? "" }, now);
}

function withReportNotice(c: Customization, m: Material, now: number): Customization {
  return addNotice(c, now, checkKey("check", m), { type: "check-report", material: m.id });
}

/** Accepts a material and records which older ones it replaces. */
function accept(c: Customization, m: Material, now: number): Customization {
  const { role, size, crc64, file } = m;
  if (!role || size === undefined || crc64 === undefined) return c;
  const accepted = withMaterial(c, { ...m, state: "accepted" });
  const by = m.packed ? undefined : file.by;
  const noted = note(accepted, now, { type: "file-accepted", role, name: file.name, size, crc64 }, by);
  const current = new Set(c.materials.filter((o) => o.replacedBy === undefined).map((o) => o.id));
  const replaced = noted.materials.filter((o) => o.replacedBy !== undefined && current.has(o.id));
  if (replaced.length === 0) return noted;
  const told = addNotice(noted, now, `replaced-${m.id}`, {
    type: "file-replaced",
    role,
    name: file.name,
    by: file.byName ?? file.by,
    older: replaced.map((o) => o.file.name),
  });
  return replaced.reduce((changed, o) => note(changed, now, { type: "file-replaced", role, name: o.file.name }), told);
}
