type Part = Intl.DateTimeFormatOptions;

const DATES: Readonly<Record<string, Part>> = {
  date: { month: "long", day: "numeric", year: "numeric" },
  date_short: { month: "short", day: "numeric", year: "numeric" },
  date_long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
};
const TIMES: Readonly<Record<string, Part>> = {
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** The reader's time zone and the current time. */
export interface Reader {
  /** milliseconds since 1970 */
  readonly now: number;
  /** IANA; the browser's own when absent */
  readonly timeZone?: string;
}

/**
 * The format of `<!date^…^format|…>` filled in for a reader; undefined when it holds a token that nobody knows, and the
 * fallback applies.
 * @param seconds  since 1970
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function slackDate(seconds: number, format: string, reader: Reader = { now: Date.now() }): string | undefined {
  let isKnown = true;
  const text = format.replace(/\{(\w+)\}/g, (token, name: string) => {
    const said = oneToken(seconds, name, reader);
    isKnown &&= said !== undefined;
    return said ?? token;
  });
  return isKnown ? text : undefined;
}

function oneToken(seconds: number, name: string, reader: Reader): string | undefined {
  const date = new Date(seconds * 1000);
  if (name === "date_num") return iso(date, reader);
  if (name === "ago") return ago(reader.now / 1000 - seconds);
  const time = TIMES[name];
  if (time) return written(date, time, reader);
  const pretty = name.endsWith("_pretty");
  const day = DATES[pretty ? name.slice(0, -"_pretty".length) : name];
  if (!day) return undefined;
  return (pretty && nearDay(date, reader)) || written(date, day, reader);
}

function written(date: Date, part: Part, { timeZone }: Reader): string {
  return formatter("en-US", part, timeZone).format(date).replace("\u202f", " ");
}

/** `2026-02-18` in the reader's zone. */
export function iso(date: Date, { timeZone }: Pick<Reader, "timeZone">): string {
  return formatter("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }, timeZone).format(date);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Cached: creating a formatter takes a hundred times as long as using it, and each row needs several. */
function formatter(locale: string, part: Part, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, part, timeZone]);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...part, ...(timeZone && { timeZone }) });
  formatters.set(key, known);
  return known;
}

function nearDay(date: Date, reader: Reader): string | undefined {
  const days = Math.round((Date.parse(iso(date, reader)) - Date.parse(iso(new Date(reader.now), reader))) / 86_400_000);
  return { "-1": "yesterday", "0": "today", "1": "tomorrow" }[String(days)];
}

/** A short relative time, e.g. `5 min`. @param seconds  since then */
export function ago(seconds: number): string {
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} seconds ago`;
  const [amount, unit] = seconds < 3600 ? [60, "minute"] : seconds < 86_400 ? [3600, "hour"] : [86_400, "day"];
  const count = Math.floor(seconds / Number(amount));
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `2:05 PM` of a message. @param ts  Slack's, seconds with a fraction */
export function clockTime(ts: string | number, reader: Pick<Reader, "timeZone"> = {}, withSeconds = false): string {
  const at = typeof ts === "number" ? ts : Number(ts) * 1000;
  return written(new Date(at), TIMES[withSeconds ? "time_secs" : "time"] ?? {}, { now: 0, ...reader });
}

/** `Today`, `Yesterday` or `Wednesday, February 18`. */
export function dayName(ts: string, reader: Reader = { now: Date.now() }): string {
  const date = new Date(Number(ts) * 1000);
  return capital(nearDay(date, reader) ?? written(date, { weekday: "long", month: "long", day: "numeric" }, reader));
}
