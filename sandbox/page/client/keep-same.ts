/**
 * Reuses unchanged parts of the previous value in the next one, so that components made from them do not render again.
 * Both are JSON.
 */
export function keepSame<T>(before: unknown, next: T): T {
  return kept(before, next) as T;
}

function kept(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before;
  if (Array.isArray(next)) return keptList(before, next);
  if (isRecord(next)) return keptRecord(before, next);
  return next;
}

function keptList(before: unknown, next: readonly unknown[]): unknown {
  if (!Array.isArray(before)) return next;
  const parts = next.map((part, i) => kept(before[i], part));
  return parts.length === before.length && parts.every((part, i) => part === before[i]) ? before : parts;
}

function keptRecord(before: unknown, next: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(before)) return next;
  const parts = Object.entries(next).map(([name, part]) => [name, kept(before[name], part)] as const);
  const isSame = parts.length === Object.keys(before).length && parts.every(([name, part]) => part === before[name]);
  return isSame ? before : Object.fromEntries(parts);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
