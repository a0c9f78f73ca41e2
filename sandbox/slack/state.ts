import type { Core } from "./core.ts";
import { present, type SlackMessage } from "./messages.ts";
import type { View } from "./views.ts";
import type { Channel, EphemeralMessage, User } from "./workspace.ts";

/** Everything in Slack, as everybody sees it. */
export interface SlackState {
  readonly teamId: string;
  readonly botUserId: string;
  /** Open sockets of the bot, or 1 in HTTP mode. */
  readonly connected: number;
  readonly users: readonly User[];
  readonly channels: readonly ChannelState[];
  readonly people: readonly PersonState[];
}

export interface ChannelState extends Omit<Channel, "members"> {
  readonly members: readonly string[];
  readonly messages: readonly SlackMessage[];
}

/** What one person sees. */
export interface PersonState {
  readonly id: string;
  /** Modals that are open, the top one last. */
  readonly views: readonly View[];
  readonly home: View | null;
  readonly privates: readonly EphemeralMessage[];
}

export function stateOf(core: Core): SlackState {
  const { workspace, views } = core;
  const people = [...workspace.users.values()].filter((user) => !user.isBot);
  return {
    teamId: workspace.teamId,
    botUserId: workspace.botUserId,
    connected: core.delivery.connected(),
    users: [...workspace.users.values()],
    channels: [...workspace.channels.values()].map((channel) => ({
      ...channel,
      members: [...channel.members],
      messages: workspace.all(channel.id).map((message) => present(core, message, "history")),
    })),
    people: people.map(({ id }) => ({
      id,
      views: views.openFor(id),
      home: views.home(id) ?? null,
      privates: workspace.ephemerals.filter((shown) => shown.to === id),
    })),
  };
}
