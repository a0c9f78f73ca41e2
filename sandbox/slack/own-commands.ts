import type { Core } from "./core.ts";
import { announce, present } from "./messages.ts";
import { eventBody } from "./payloads.ts";
import { SLACKBOT } from "./slackbot.ts";
import type { Channel, User } from "./workspace.ts";

export interface Typed {
  readonly user: User;
  readonly channel: Channel;
  readonly command: string;
  readonly text: string;
  /** The thread where it was typed. */
  readonly threadTs?: string | undefined;
}

/**
 * Commands that reach no app: Slack's `/invite` (also in threads), unknown commands, and app commands in threads.
 * docs.slack.dev/interactivity/implementing-slash-commands
 * @returns whether this was one
 */
export async function answeredBySlack(core: Core, typed: Typed): Promise<boolean> {
  const { command, threadTs } = typed;
  if (command === "/invite") return invite(core, typed);
  if (!core.commands.has(command)) return say(core, typed, `${command} is not a valid command.`);
  return threadTs === undefined ? false : say(core, typed, `${command} is not supported in threads. Sorry!`);
}

/** `/invite @name… [#channel]` */
async function invite(core: Core, typed: Typed): Promise<true> {
  const { user, text } = typed;
  const words = text.split(/\s+/).filter(Boolean);
  const named = words.find((word) => word.startsWith("#"))?.slice(1);
  const channel = named === undefined ? typed.channel : seenBy(core, user, named);
  const names = words.filter((word) => !word.startsWith("#"));
  if (!channel) return say(core, typed, `There is no channel #${named} that you can see.`);
  if (channel.kind === "im") return say(core, typed, "You can’t invite people to a direct message.");
  if (!channel.members.has(user.id))
    return say(core, typed, `You have to be in #${channel.name} to invite people there.`);
  if (names.length === 0) return say(core, typed, "Whom? Type `/invite @name`, or `/invite @name #channel`.");
  for (const name of names) {
    const invited = [...core.workspace.users.values()].find((one) => `@${one.name}` === name || one.name === name);
    if (!invited) say(core, typed, `There is nobody called ${name} here.`);
    else if (channel.members.has(invited.id)) say(core, typed, `<@${invited.id}> is already in this channel.`);
    else await join(core, channel, invited, user);
  }
  return true;
}

async function join(core: Core, channel: Channel, invited: User, inviter: User): Promise<void> {
  channel.members.add(invited.id);
  const text = `<@${invited.id}> has joined the channel`;
  const said = { user: invited.id, subtype: "channel_join", text, inviter: inviter.id };
  const message = core.workspace.add(channel.id, said);
  await announce(core, channel, { ...present(core, message, "event") });
  if (!channel.members.has(core.workspace.botUserId)) return;
  const joined = { type: "member_joined_channel", user: invited.id, inviter: inviter.id, team: core.workspace.teamId };
  const at = { channel: channel.id, channel_type: channel.kind === "private" ? "G" : "C", event_ts: message.ts };
  await core.delivery.event(eventBody(core, { ...joined, ...at }, channel));
}

function seenBy(core: Core, user: User, name: string): Channel | undefined {
  const channels = [...core.workspace.channels.values()].filter((channel) => channel.name === name);
  return channels.find(({ kind, members }) => kind === "public" || members.has(user.id));
}

function say(core: Core, { user, channel, threadTs }: Typed, text: string): true {
  const inThread = threadTs === undefined ? {} : { thread_ts: threadTs };
  core.workspace.addEphemeral({ channel: channel.id, to: user.id, user: SLACKBOT.id, text, ...inThread });
  return true;
}
