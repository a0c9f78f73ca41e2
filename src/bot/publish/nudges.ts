import type { ReminderPorts } from "../../core/reminder-ports.ts";
import type { ViewIn } from "../cards/message.ts";
import { reminderMessage } from "../cards/reminder.ts";
import { isInChannel } from "../slack/channels.ts";
import { cardLink } from "../slack/clients.ts";
import type { Languages } from "../slack/languages.ts";
import type { People } from "../slack/people.ts";
import type { UserGroups } from "../slack/user-groups.ts";
import { slackWriter } from "../slack/writer.ts";

export type NudgeOptions = Parameters<typeof slackWriter>[0] & {
  readonly people: Pick<People, "lookUp" | "timeZoneOf">;
  readonly groups: Pick<UserGroups, "members">;
  readonly languages: Pick<Languages, "ofPerson">;
  readonly view: ViewIn;
};

/** Members of a larger group are not written to one by one. */
const MOST_MEMBERS = 10;

/** Who people are, and the direct message that says what waits for them. */
export function slackNudges(options: NudgeOptions): Pick<ReminderPorts, "directory" | "nudges"> {
  const { people, groups, slack, languages, view } = options;
  const writer = slackWriter(options);
  return {
    directory: {
      find: async (user) => ({ who: await people.lookUp(user), timeZone: people.timeZoneOf(user) }),
      async membersOf(group) {
        const members = (await groups.members(group)) ?? [];
        return members.length > MOST_MEMBERS ? [] : members;
      },
      isMember: (channel, user) => isInChannel(options, channel, user),
    },
    nudges: {
      async send(user, waiting) {
        const self = await slack.self();
        const message = reminderMessage(waiting, view(await languages.ofPerson(user)), (c) => cardLink(c, self));
        await writer.direct(user, message, { event_type: "avatar_reminder", event_payload: { user } });
      },
    },
  };
}
