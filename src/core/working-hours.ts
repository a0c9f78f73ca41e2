/** A moment as somebody's wall clock shows it. */
export interface LocalTime {
  /** `2026-11-28` */
  readonly day: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
}

const OPENS = 9;
const CLOSES = 18;

/** @param timeZone  as IANA names it, e.g. `Asia/Singapore`; UTC for one that is missing or unknown */
export function localTime(at: number, timeZone: string | undefined): LocalTime {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
  return { day, weekday: weekdayOf(dayNumber(day)), hour: Number(parts.get("hour")) };
}

function formatFor(timeZone: string | undefined): Intl.DateTimeFormat {
  const shown = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...shown, timeZone: timeZone ?? "UTC" });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...shown, timeZone: "UTC" });
  }
}

/** Monday to Friday, from 9 to 18. */
export function isWorkingTime({ weekday, hour }: LocalTime): boolean {
  return isWorkday(weekday) && hour >= OPENS && hour < CLOSES;
}

/** Working days that have begun since: the day of `from` does not count. */
export function workingDaysSince(from: number, now: number, timeZone: string | undefined): number {
  const first = dayNumber(localTime(from, timeZone).day);
  const last = dayNumber(localTime(now, timeZone).day);
  const weeks = Math.max(0, Math.floor((last - first) / 7));
  const rest = Math.max(0, last - first - weeks * 7);
  const single = Array.from({ length: rest }, (_, i) => weekdayOf(last - i)).filter(isWorkday);
  return weeks * 5 + single.length;
}

function isWorkday(weekday: number): boolean {
  return weekday >= 1 && weekday <= 5;
}

/** Days since the first of January 1970. A year begins in March here, so that a leap day is its last. */
function dayNumber(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** The first of January 1970 was a Thursday. */
function weekdayOf(number: number): number {
  return (number + 4) % 7;
}
