/** What one check of the set-up came to; one line of the doctor's report. */
export interface Finding {
  /** What was checked, e.g. `clock`. */
  readonly check: string;
  readonly type: "ok" | "wrong" | "unknown";
  /** What was found; what to do, when wrong; why it cannot be told, when unknown. */
  readonly text: string;
}

export function ok(check: string, text: string): Finding {
  return { check, type: "ok", text };
}

export function wrong(check: string, text: string): Finding {
  return { check, type: "wrong", text };
}

export function unknown(check: string, text: string): Finding {
  return { check, type: "unknown", text };
}

/** The other side said no, in its own code. */
export interface Refused {
  readonly type: "refused";
  readonly code: string;
}

/** The other side gave no answer of its own. */
export interface Silent {
  readonly type: "silent";
  readonly because: string;
}

const MARK = { ok: "✓", wrong: "✗", unknown: "–" } as const;

/** One line for each finding, and one that sums up. */
export function reportLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.map(({ type, check, text }) => `${MARK[type]} ${check.padEnd(width)}  ${oneLine(text)}`);
  return `${[...lines, summary(findings)].join("\n")}\n`;
}

export function reportJson(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: exitCode(findings) === 0, findings }, null, 2)}\n`;
}

/** 1 when something is wrong; what cannot be told changes nothing. */
export function exitCode(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ type }) => type === "wrong") ? 1 : 0;
}

function summary(findings: readonly Finding[]): string {
  const count = findings.filter(({ type }) => type === "wrong").length;
  if (count === 0) return "Nothing is wrong. What to try first on a real account: docs/first-real-account.md";
  return count === 1 ? "1 thing needs attention." : `${count} things need attention.`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, "; ");
}
