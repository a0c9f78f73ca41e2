import type { Customization, Round } from "./customization.ts";
import type { Film, FilmPlace, FilmRefusal } from "./film-record.ts";
import type { Notice } from "./notice.ts";
import type { State } from "./state.ts";

/** Films of the vendor in Slack. */
export interface FilmShelf {
  /**
   * Streams a film from a link into Slack, where nobody sees it yet.
   * @throws {Fault} `source-*`, `slack-unreachable`, `slack-refused`
   */
  upload(
    url: string,
    signal: AbortSignal,
  ): Promise<
    { readonly type: "uploaded"; readonly file: string } | { readonly type: "kept"; readonly because: FilmRefusal }
  >;
  /** Shows uploaded files in one message of a request. @throws {Fault} `slack-unreachable`, `slack-refused` */
  share(c: Customization, what: FilmTitle, files: readonly string[], place: FilmPlace): Promise<void>;
  /** @throws {Fault} `slack-unreachable`, `slack-refused` */
  isShared(file: string, channel: string): Promise<boolean>;
}

/** What a film shows. */
export type FilmTitle = { readonly type: "demo"; readonly round: number } | { readonly type: "line" };

export const FILM_LEASE_MS = 60_000;
const FIRST_RETRY_MS = 30_000;
const MOST_TRIES = 6;

/** A demo has been offered, and its decision is not final. */
const OFFERED: readonly State[] = ["awaiting-decision", "deciding", "decision-unknown"];

/** When a demo is to be brought into Slack: at once after its message was posted, which never waits for it. */
export function filmDueAt(c: Customization): number | undefined {
  const times = openFilms(c).map(({ notice, film }) => film?.at ?? notice.at);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The first film that is due, and where it goes. */
export function nextFilm(
  c: Customization,
  now: number,
): { readonly key: string; readonly place: FilmPlace } | undefined {
  const due = openFilms(c).find(({ notice, film }) => (film?.at ?? notice.at) <= now);
  const place = due && placeOf(c, due.notice);
  return due && place ? { key: due.notice.key, place } : undefined;
}

function openFilms(c: Customization): Array<{ readonly notice: Notice; readonly film: Film | undefined }> {
  const round = c.rounds.at(-1);
  if (!round || !OFFERED.includes(c.state)) return [];
  const posted = c.outbox.filter((notice) => isDemoOf(notice, round.n) && placeOf(c, notice) !== undefined);
  const all = posted.map((notice) => ({ notice, film: filmIn(round, notice.key) }));
  return all.filter(({ film }) => film === undefined || film.state === "waiting" || film.state === "sending");
}

function isDemoOf({ content }: Notice, round: number): boolean {
  return (content.type === "demo" || content.type === "demo-direct") && content.round === round;
}

/** A notice that was posted in the request's thread, or as a direct message; anything else has no place for a film. */
function placeOf(c: Customization, { delivered = "", content }: Notice): FilmPlace | undefined {
  const [, direct, ts] = /^(?:(\w+)\/)?(\d+\.\d+)$/.exec(delivered) ?? [];
  if (ts === undefined) return undefined;
  if (direct !== undefined) return direct.startsWith("D") ? { channel: direct } : undefined;
  const { channel, card } = c.conversation;
  return content.type === "demo" && card !== undefined ? { channel, thread: card } : undefined;
}

function filmIn(round: Round, key: string): Film | undefined {
  return round.films?.find(({ notice }) => notice === key);
}

export function filmOf(c: Customization, key: string): { readonly round: Round; readonly film: Film } | undefined {
  const round = c.rounds.find(({ films = [] }) => films.some(({ notice }) => notice === key));
  const film = round && filmIn(round, key);
  return film && { round, film };
}

/** Takes a film to bring it into Slack; a later attempt begins with what an earlier one has uploaded. */
export function claimFilm(c: Customization, key: string, now: number): Customization {
  const round = c.rounds.at(-1);
  const known = round && filmIn(round, key);
  const film: Film = {
    ...(known ?? { notice: key, files: [] }),
    state: "sending",
    at: now + FILM_LEASE_MS,
    tries: (known?.tries ?? 0) + 1,
  };
  return withFilm(c, round?.n, film);
}

export function changeFilm(c: Customization, key: string, change: Partial<Film>): Customization {
  const found = filmOf(c, key);
  return found ? withFilm(c, found.round.n, { ...found.film, ...change }) : c;
}

/** It is tried again later, and given up after some times: the link does. */
export function postponeFilm(c: Customization, key: string, because: string, now: number): Customization {
  const tries = filmOf(c, key)?.film.tries ?? 0;
  return tries >= MOST_TRIES
    ? changeFilm(c, key, { state: "link-only", because })
    : changeFilm(c, key, { state: "waiting", because, at: now + FIRST_RETRY_MS * 2 ** (tries - 1) });
}

function withFilm(c: Customization, n: number | undefined, film: Film): Customization {
  const rounds = c.rounds.map((round) => {
    if (round.n !== n) return round;
    const others = (round.films ?? []).filter(({ notice }) => notice !== film.notice);
    return { ...round, films: [...others, film] };
  });
  return { ...c, rounds };
}
