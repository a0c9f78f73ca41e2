import { z } from "zod";
import type { Person } from "../../core/approval.ts";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { RecentMap } from "../../core/recent-map.ts";
import { callSlack, isSlackReason } from "./call.ts";
import type { Self, SlackClients } from "./clients.ts";

const userSchema = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    name: z.string().nullish(),
    deleted: z.boolean().nullish(),
    is_bot: z.boolean().nullish(),
    locale: z.string().nullish().catch(undefined),
    tz: z.string().nullish().catch(undefined),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    enterprise_user: z.object({ enterprise_id: z.string().nullish(), teams: z.array(z.string()).nullish() }).nullish(),
  }),
});
export type SlackUser = z.infer<typeof userSchema>["user"];

/** What Slack says of somebody: `elsewhere` is nobody that this workspace knows; `not-said` comes without an answer. */
type Facts =
  | { readonly type: "user"; readonly user: SlackUser }
  | { readonly type: "elsewhere" }
  | { readonly type: "not-said" };

interface Kept {
  readonly until: number;
  readonly facts: Promise<Facts>;
  name?: string;
  timeZone?: string;
}

/** Who the people are that this bot deals with, at most five minutes old. */
export interface People {
  /**
   * @param said  the workspace that a signed payload names as the person's: decides only where Slack's record has none
   * @throws {Fault} `slack-unreachable`, `slack-refused`
   */
  lookUp(id: string, said?: string): Promise<Person>;
  /** The same for a click that has to be answered within three seconds: without an answer in time, barred as unknown. */
  lookUpSoon(id: string, said?: string): Promise<Person>;
  /** A user name; the id while Slack has not told one. */
  nameOf(id: string): string;
  /** As Slack has it, e.g. `en-GB`; undefined while it has not told one. It may be older than a day. */
  localeOf(id: string): string | undefined;
  /** The same, after asking Slack once a day at most; what it does not answer in time stays as it was. */
  localeSoon(id: string): Promise<string | undefined>;
  /** As IANA names it; undefined while Slack has not told one. */
  timeZoneOf(id: string): string | undefined;
}

/** A guest in the channel where they were seen to act. */
export function inChannel(who: Person, channel: string): Person {
  return who.guestIn ? { ...who, guestIn: [channel] } : who;
}

export interface PeopleReader {
  readonly slack: Pick<SlackClients, "reads" | "self">;
  readonly clock: Clock;
  readonly log: Log;
  /** Whoever was asked about longest ago is asked about again. */
  readonly mostKept?: number;
}

const KEEP_MS = 5 * 60_000;
const LOCALE_MS = 24 * 3_600_000;
const PATIENCE_MS = 1_200;
const SLACKBOT = "USLACKBOT";
/** The team of somebody whom this workspace does not know: equal to no other team. */
const ELSEWHERE = "elsewhere";

export function slackPeople(reader: PeopleReader): People {
  const { mostKept = 2_000 } = reader;
  const known = new Map<string, Kept>();
  const locales = new RecentMap<string, { readonly tag: string; readonly until: number }>(mostKept);

  const keepFacts = (id: string, kept: Kept, { name, locale, tz }: SlackUser): void => {
    if (name) kept.name = name;
    if (tz) kept.timeZone = tz;
    if (locale) locales.set(id, { tag: locale, until: reader.clock.now() + LOCALE_MS });
  };

  const factsOf = async (id: string): Promise<Facts> => {
    const now = reader.clock.now();
    const kept = known.get(id);
    const found: Kept = kept && kept.until > now ? kept : { until: now + KEEP_MS, facts: askSlack(reader, id) };
    known.delete(id);
    known.set(id, found);
    const [oldest] = known.keys();
    if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    const forget = (): void => {
      if (known.get(id) === found) known.delete(id);
    };
    try {
      const facts = await found.facts;
      if (facts.type === "not-said") forget();
      if (facts.type === "user") keepFacts(id, found, facts.user);
      return facts;
    } catch (error) {
      forget();
      throw error;
    }
  };

  const lookUp = async (id: string, said?: string): Promise<Person> => {
    if (id === SLACKBOT) return { id, team: ELSEWHERE, barred: "app" };
    const [facts, self] = await Promise.all([factsOf(id), reader.slack.self()]);
    return personOf(id, facts, self, said);
  };

  const lookUpSoon: People["lookUpSoon"] = async (id, said) => {
    const unknown: Person = { id, team: ELSEWHERE, barred: "unknown" };
    const answered = new AbortController();
    const late = reader.clock.sleep(PATIENCE_MS, answered.signal).then(() => unknown);
    const asked = lookUp(id, said).catch((error: unknown) => {
      reader.log.warn("asking who somebody is", { user: id, because: describeFault(error) });
      return unknown;
    });
    return await Promise.race([asked, late]).finally(() => answered.abort());
  };

  return {
    lookUp,
    lookUpSoon,
    localeOf: (id) => locales.get(id)?.tag,
    async localeSoon(id) {
      const kept = locales.get(id);
      if (!kept || kept.until <= reader.clock.now()) await lookUpSoon(id);
      return locales.get(id)?.tag;
    },
    timeZoneOf: (id) => known.get(id)?.timeZone,
    nameOf: (id) => (id === SLACKBOT ? "Slackbot" : (known.get(id)?.name ?? id)),
  };
}

async function askSlack(reader: PeopleReader, user: string): Promise<Facts> {
  try {
    const info = await callSlack(`asking who ${user} is`, reader.clock, () =>
      reader.slack.reads.users.info({ user, include_locale: true }),
    );
    const read = userSchema.safeParse(info);
    return read.success ? { type: "user", user: read.data.user } : { type: "not-said" };
  } catch (error) {
    if (isSlackReason(error, "person-unknown")) return { type: "elsewhere" };
    if (isSlackReason(error, "method-unknown", "missing-scope")) return { type: "not-said" };
    throw error;
  }
}

/** Where the rule cannot be told, the person is barred. */
function personOf(id: string, facts: Facts, self: Self, said: string | undefined): Person {
  if (facts.type === "elsewhere") return { id, team: ELSEWHERE };
  if (facts.type === "not-said") return { id, team: ELSEWHERE, barred: "unknown" };
  const { user } = facts;
  const team = teamOf(user, self, said);
  if (user.is_bot) return { id, team: team ?? ELSEWHERE, barred: "app" };
  if (user.deleted) return { id, team: team ?? ELSEWHERE, barred: "deactivated" };
  if (team === undefined) return { id, team: ELSEWHERE, barred: "unknown" };
  return user.is_restricted || user.is_ultra_restricted ? { id, team, guestIn: [] } : { id, team };
}

/**
 * In an Enterprise Grid a person has one home, an `E…` id or any of the workspaces, and belongs to several: a colleague
 * is who belongs to ours. Somebody of Slack Connect has no `enterprise_user` of this organisation.
 * @returns our own workspace for colleagues; undefined when Slack names none
 */
function teamOf(user: SlackUser, self: Self, said: string | undefined): string | undefined {
  const { enterprise_user: grid, team_id: home } = user;
  if (home === self.teamId || grid?.teams?.includes(self.teamId)) return self.teamId;
  if (grid?.teams) return home || ELSEWHERE;
  const isOfOurOrganisation = (grid?.enterprise_id ?? undefined) === self.enterpriseId;
  const isOpen = !home || (self.enterpriseId !== undefined && isOfOurOrganisation);
  return isOpen && isOfOurOrganisation && said === self.teamId ? said : home || undefined;
}
