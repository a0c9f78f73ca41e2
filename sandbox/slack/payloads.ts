import type { Core } from "./core.ts";
import type { Occasion } from "./triggers.ts";
import type { Channel, User } from "./workspace.ts";

/** The envelope that every Events API payload comes in. */
export function eventBody(core: Core, event: Record<string, unknown>, channel?: Channel): Record<string, unknown> {
  const { teamId, appId, botUserId, now } = core.workspace;
  const enterprise = core.workspace.isGrid() ? core.workspace.enterpriseId : null;
  return {
    token: "sandbox-verification-token",
    team_id: teamId,
    context_team_id: teamId,
    context_enterprise_id: enterprise,
    api_app_id: appId,
    event,
    type: "event_callback",
    event_id: core.workspace.id("Ev"),
    event_time: Math.floor(now() / 1000),
    authorizations: [
      { enterprise_id: enterprise, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: channel ? core.workspace.isShared(channel) : false,
    event_context: `4-${core.workspace.id("EC")}`,
  };
}

/** The form fields of a slash command; Socket Mode sends the same as JSON. */
export function commandBody(core: Core, person: User, channel: Channel, command: string, text: string) {
  const { teamId, appId } = core.workspace;
  const names = { public: channel.name, private: "privategroup", im: "directmessage" };
  const { enterpriseId } = core.workspace;
  const grid = core.workspace.isGrid() ? { enterprise_id: enterpriseId, enterprise_name: "Sandbox" } : {};
  return {
    token: "sandbox-verification-token",
    team_id: teamId,
    team_domain: "sandbox",
    ...grid,
    channel_id: channel.id,
    channel_name: names[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: appId,
    is_enterprise_install: "false",
    response_url: core.responseUrls.issue({ channelId: channel.id, userId: person.id }),
    trigger_id: core.triggers.issue({ userId: person.id, channelId: channel.id }),
  };
}

/** Common fields of all interactive payloads. */
export function interactionBase(core: Core, type: string, person: User, occasion: Omit<Occasion, "userId"> = {}) {
  const { teamId, enterpriseId } = core.workspace;
  const enterprise = core.workspace.isGrid() ? { id: enterpriseId, name: "Sandbox" } : null;
  const ofGrid = enterprise && { enterprise_id: enterprise.id, enterprise_name: enterprise.name };
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: core.workspace.appId,
    token: "sandbox-verification-token",
    trigger_id: core.triggers.issue({ userId: person.id, ...occasion }),
    team: { id: teamId, domain: "sandbox", ...ofGrid },
    enterprise,
    is_enterprise_install: false,
  };
}

export function channelRef(channel: Channel): { id: string; name: string } {
  const names = { public: channel.name, private: "privategroup", im: "directmessage" };
  return { id: channel.id, name: names[channel.kind] };
}
