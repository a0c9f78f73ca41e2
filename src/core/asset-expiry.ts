import type { Customization } from "./customization.ts";

const DAY_MS = 24 * 3600_000;
const RETRY_MS = 3600_000;
/** The requester is told so many days before the end, once each. */
const DAYS = [30, 7] as const;
type Days = (typeof DAYS)[number];
type Lookup = NonNullable<Customization["lookup"]>;

/** When the end of a finished avatar or voice is near enough to tell, or to look whether it was extended. */
export function expiryDueAt({ state, lookup }: Customization): number | undefined {
  if (state !== "done" || lookup?.ended !== "found" || lookup.expiresAt === undefined) return undefined;
  const days = nextDays(lookup.warned);
  return days && Math.max(lookup.expiresAt - days * DAY_MS, lookup.retryAt ?? 0);
}

/**
 * What a look at the lists shortly before the end means.
 * @param expiresAt  as they have it now; undefined if they do not tell, and then what is known counts
 * @returns `tell`: in how many days it ends, if the requester is to be told so now
 */
export function planExpiry(
  { lookup }: Customization,
  expiresAt: number | undefined,
  now: number,
): { readonly lookup: Lookup; readonly tell?: Days } | undefined {
  if (lookup?.expiresAt === undefined) return undefined;
  const { retryAt: _retryAt, warned, ...rest } = lookup;
  const until = expiresAt ?? lookup.expiresAt;
  const known: Lookup = { ...rest, expiresAt: until };
  const days = DAYS.findLast((left) => until - now <= left * DAY_MS);
  // It was extended: both warnings are due again.
  if (days === undefined) return { lookup: known };
  return warned === undefined || warned > days
    ? { lookup: { ...known, warned: days }, tell: days }
    : { lookup: { ...known, warned } };
}

/** The lists could not be read: tell nothing that may have changed, and look again later. */
export function expiryUnread(c: Customization, now: number): Customization {
  return c.lookup ? { ...c, lookup: { ...c.lookup, retryAt: now + RETRY_MS } } : c;
}

function nextDays(warned: Days | undefined): Days | undefined {
  if (warned === undefined) return DAYS[0];
  return warned === DAYS[0] ? DAYS[1] : undefined;
}
