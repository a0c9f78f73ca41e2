import type { Customization, Round } from "../core/customization.ts";
import { changeFilm, claimFilm, FILM_LEASE_MS, filmOf, nextFilm, postponeFilm } from "../core/demo-film.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { FilmPlace } from "../core/film-record.ts";
import { isSameDemo } from "../core/poll-plan.ts";
import type { Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

export type FilmPorts = Pick<Ports, "store" | "films" | "studio" | "channels" | "settings" | "clock" | "log">;

/** The most films of one demo. */
const MOST_FILMS = 3;
/** A lease is renewed this often in its time. */
const RENEWALS = 3;

interface Showing {
  readonly c: Customization;
  readonly key: string;
  readonly place: FilmPlace;
  readonly signal: AbortSignal;
}

/** Brings the demos of a request into Slack that are due, each beside the message that told of it. */
export async function showFilms(ports: FilmPorts, id: string): Promise<void> {
  for (;;) {
    const claimed = await claimNext(ports, id);
    if (!claimed) return;
    await holding(ports, claimed, (signal) => showFilm(ports, { ...claimed, signal }));
  }
}

type Claimed = Omit<Showing, "signal">;

async function claimNext(ports: FilmPorts, id: string): Promise<Claimed | undefined> {
  const mine: { next?: ReturnType<typeof nextFilm> } = {};
  const c = await change(ports.store, id, (found) => {
    const now = ports.clock.now();
    const next = nextFilm(found, now);
    mine.next = next;
    return next ? claimFilm(found, next.key, now) : found;
  });
  return isRefusal(c) || !mine.next ? undefined : { c, ...mine.next };
}

/** Renews the lease while the film is on its way; another process that finds it over begins again. */
async function holding(
  ports: FilmPorts,
  { c, key }: Claimed,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const done = new AbortController();
  const renewed = renewUntil(done.signal, ports, c.id, key);
  try {
    await work(done.signal);
  } finally {
    done.abort();
    await renewed;
  }
}

async function renewUntil(done: AbortSignal, ports: FilmPorts, id: string, key: string): Promise<void> {
  for (;;) {
    await ports.clock.sleep(FILM_LEASE_MS / RENEWALS, done);
    if (done.aborted) return;
    const at = ports.clock.now() + FILM_LEASE_MS;
    await change(ports.store, id, (c) =>
      filmOf(c, key)?.film.state === "sending" ? changeFilm(c, key, { at }) : c,
    ).catch((error: unknown) => ports.log.warn("renewing a film's lease", { id, key, because: describeFault(error) }));
  }
}

async function showFilm(ports: FilmPorts, showing: Showing): Promise<void> {
  const { c, key } = showing;
  try {
    const why = await whyNot(ports, showing);
    if (why) return await end(ports, showing, { state: "link-only", because: why });
    const files = await uploaded(ports, showing);
    if (files.length === 0) return;
    if (!(await isShown(ports, showing))) await share(ports, showing, files);
    await end(ports, showing, { state: "shared" });
  } catch (error) {
    const because = describeFault(error);
    ports.log.warn("showing a demo as a film", { id: c.id, key, because });
    // What Slack refuses it goes on refusing; the link in the message does.
    if (isFault(error, "slack-refused")) return await end(ports, showing, { state: "link-only", because });
    await change(ports.store, c.id, (now) => postponeFilm(now, key, because, ports.clock.now()));
  }
}

/** Nobody outside may see a film: where Slack does not tell who is in a channel, it waits. */
async function whyNot(ports: FilmPorts, { c, place }: Showing): Promise<string | undefined> {
  if (!ports.settings.demoInThread) return "DEMO_IN_THREAD is false";
  if (place.thread === undefined) return undefined;
  const facts = await ports.channels.facts(c.conversation.channel);
  if (!facts) throw new Error("Slack does not tell who is in the channel");
  if (facts.shared) return "the channel is shared with another organisation";
  return facts.closed ? "the channel is closed" : undefined;
}

/** @returns Slack's ids; none where the film's end has been written down already */
async function uploaded(ports: FilmPorts, showing: Showing): Promise<readonly string[]> {
  const { c, key, signal } = showing;
  const found = filmOf(c, key);
  if (!found) return [];
  if (found.film.files.length > 0) return found.film.files;
  const files: string[] = [];
  const refusals: string[] = [];
  for (const url of (await linksTo(ports, c, found)).slice(0, MOST_FILMS)) {
    const answer = await ports.films.upload(url, signal);
    if (answer.type === "uploaded") files.push(answer.file);
    else refusals.push(answer.because);
  }
  if (files.length > 0) await change(ports.store, c.id, (now) => changeFilm(now, key, { files }));
  else await end(ports, showing, { state: "link-only", because: refusals[0] ?? "no link" });
  return files;
}

/** The links that came with the demo; after a first failure fresh ones, because they may have expired. */
async function linksTo(
  ports: FilmPorts,
  c: Customization,
  { round, film }: { readonly round: Round; readonly film: { readonly tries: number } },
): Promise<readonly string[]> {
  if (film.tries <= 1 && !round.linksExpired) return round.demos;
  if (!c.task) return [];
  const report = await ports.studio.progress(c.task.id, "nobody");
  return isSameDemo(round, report) ? report.demos : [];
}

/** An earlier attempt may have shown it, and not lived to write that down. */
async function isShown(ports: FilmPorts, { c, key, place }: Showing): Promise<boolean> {
  const film = filmOf(c, key)?.film;
  const [first] = film?.files ?? [];
  return film?.sent === true && first !== undefined && (await ports.films.isShared(first, place.channel));
}

async function share(ports: FilmPorts, showing: Showing, files: readonly string[]): Promise<void> {
  const { c, key, place } = showing;
  const round = filmOf(c, key)?.round.n ?? 0;
  await change(ports.store, c.id, (now) => changeFilm(now, key, { sent: true }));
  await ports.films.share(c, { type: "demo", round }, files, place);
}

async function end(
  ports: FilmPorts,
  { c, key }: Showing,
  how: { readonly state: "shared" } | { readonly state: "link-only"; readonly because: string },
): Promise<void> {
  if (how.state === "link-only") ports.log.info("a demo stays a link", { id: c.id, key, because: how.because });
  await change(ports.store, c.id, (now) => changeFilm(now, key, how));
}
