/** The page's location, from its hash: `#/C…/1700000000.000100?as=alice`. */
export interface Route {
  /** A channel's id, or the app's home. */
  readonly place: string | "home" | undefined;
  /** The ts of the thread's root. */
  readonly thread: string | undefined;
  /** A message to show. */
  readonly at: string | undefined;
  /** The name of the current person. */
  readonly as: string | undefined;
}

const TS = /^\d{1,12}\.\d{1,8}$/;

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [place = "", thread = ""] = path.split("/").map(decoded);
  const asked = new URLSearchParams(query);
  const at = asked.get("at") ?? "";
  return {
    place: place || undefined,
    thread: TS.test(thread) ? thread : undefined,
    at: TS.test(at) ? at : undefined,
    as: asked.get("as") ?? undefined,
  };
}

export function writeRoute({ place, thread, at, as }: Route): string {
  const path = [place ?? "", thread].filter((part) => part !== undefined).map((part) => encodeURIComponent(part));
  const query = new URLSearchParams({ ...(at && { at }), ...(as && { as }) }).toString();
  return `#/${path.join("/")}${query && `?${query}`}`;
}

/**
 * Where Slack's link to a message leads: `https://….slack.com/archives/C…/p1700000000000100?thread_ts=…`.
 * A link to a message at the top level opens its thread, where the request's conversation is.
 */
export function readPermalink(url: string): Pick<Route, "place" | "thread" | "at"> | undefined {
  const [, place, digits] = /^https:\/\/[\w.-]+\.slack\.com\/archives\/(\w+)\/p(\d{7,})(?:\?.*)?$/.exec(url) ?? [];
  if (!place || !digits) return undefined;
  const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  const thread = new URL(url).searchParams.get("thread_ts") ?? ts;
  return TS.test(thread) ? { place, thread, at: ts } : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
