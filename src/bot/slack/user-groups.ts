import { z } from "zod";
import type { Person, Policy } from "../../core/approval.ts";
import { isGroup } from "../../core/approval.ts";
import { describeFault } from "../../core/fault.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { UserGroup } from "../cards/forms.ts";
import { callSlack } from "./call.ts";
import type { SlackClients } from "./clients.ts";

/** The workspace's user groups. */
export interface UserGroups {
  /** Who is in one, as Slack says now; undefined where it does not say in time. */
  members(group: string): Promise<readonly string[] | undefined>;
  /** Members of a group when it was last asked about; for texts, never for permissions. */
  lastMembers(group: string): readonly string[] | undefined;
  /** Groups that were asked about lately. */
  inUse(): readonly string[];
  /** Those that can be chosen, at most ten minutes old; none where Slack does not list them in time. */
  listSoon(): Promise<readonly UserGroup[]>;
  /** The same without asking. */
  listed(): readonly UserGroup[];
}

const PATIENCE_MS = 1_200;
const KEEP_MS = 10 * 60_000;
const RETRY_MS = 60_000;
/** As many as a menu of Slack's can have. */
const MOST_GROUPS = 100;
const MOST_REMEMBERED = 200;

const membersSchema = z.object({ users: z.array(z.string()) });
const groupsSchema = z.object({
  usergroups: z.array(z.object({ id: z.string(), name: z.string(), date_delete: z.number().nullish() })),
});

export function slackUserGroups(options: {
  readonly slack: Pick<SlackClients, "reads">;
  readonly clock: Clock;
  readonly log: Log;
}): UserGroups {
  const { slack, clock, log } = options;
  const remembered = new Map<string, readonly string[]>();
  const known = { groups: [] as readonly UserGroup[], until: 0 };

  /** @returns undefined after a while, or where Slack refuses */
  const soon = async <T>(doing: string, ask: () => Promise<T>): Promise<T | undefined> => {
    const answered = new AbortController();
    const late = clock.sleep(PATIENCE_MS, answered.signal).then(() => undefined);
    const asked = callSlack(doing, clock, ask).catch((error: unknown) => {
      log.warn(doing, { because: describeFault(error) });
      return undefined;
    });
    return await Promise.race([asked, late]).finally(() => answered.abort());
  };
  const remember = (group: string, members: readonly string[]): void => {
    remembered.delete(group);
    remembered.set(group, members);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };

  return {
    async members(group) {
      const members = await soon(`asking who is in the group ${group}`, async () => {
        const answer = await slack.reads.apiCall("usergroups.users.list", { usergroup: group });
        return membersSchema.parse(answer).users;
      });
      if (members) remember(group, members);
      return members;
    },
    lastMembers: (group) => remembered.get(group),
    inUse: () => [...remembered.keys()],
    async listSoon() {
      if (known.until > clock.now()) return known.groups;
      const found = await soon("listing the user groups", async () => {
        const { usergroups } = groupsSchema.parse(await slack.reads.usergroups.list());
        return usergroups.filter(({ date_delete }) => !date_delete).slice(0, MOST_GROUPS);
      });
      Object.assign(known, { groups: found ?? known.groups, until: clock.now() + (found ? KEEP_MS : RETRY_MS) });
      return known.groups;
    },
    listed: () => known.groups,
  };
}

/** Somebody with those groups that they are in now: Slack is asked, nothing is remembered. */
export async function withGroups(
  groups: Pick<UserGroups, "members">,
  who: Person,
  policy: Policy,
  approvers: readonly string[] = [],
): Promise<Person> {
  const all = groupsAmong([...approvers, ...policy.approvers, ...policy.launchers, ...policy.operators]);
  if (all.length === 0) return who;
  const members = await Promise.all(all.map((group) => groups.members(group)));
  const theirs = all.filter((_, i) => members[i]?.includes(who.id));
  const isSaid = theirs.length > 0 || members.every((one) => one !== undefined);
  return { ...who, groups: isSaid ? theirs : "not-said" };
}

function groupsAmong(ids: readonly string[]): string[] {
  return [...new Set(ids)].filter(isGroup);
}
