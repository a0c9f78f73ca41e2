import { z } from "zod";
import type { Core } from "./core.ts";
import { type Args, Flag, type Method, parseArgs } from "./method.ts";
import { SlackRefusal } from "./refusal.ts";
import type { User } from "./workspace.ts";

const FileInfo = z.looseObject({ file: z.string().min(1) });
const Group = z.looseObject({ usergroup: z.string().min(1) });
const UserInfo = z.looseObject({ user: z.string().min(1), include_locale: Flag.optional() });

export const otherMethods: Record<string, Method> = {
  "auth.test": { run: authTest },
  "apps.connections.open": { token: "app", run: openConnection },
  "files.info": { scope: "files:read", run: fileInfo },
  "usergroups.list": {
    scope: "usergroups:read",
    run: ({ workspace }) => ({ usergroups: [...workspace.groups.values()] }),
  },
  "usergroups.users.list": { scope: "usergroups:read", run: groupMembers },
  "users.info": { scope: "users:read", run: userInfo },
};

function authTest(core: Core) {
  const { teamId, botUserId, botId, appId, users } = core.workspace;
  const team = { url: "https://sandbox.slack.com/", team: "Sandbox", team_id: teamId };
  const bot = { user: users.get(botUserId)?.name, user_id: botUserId, bot_id: botId, app_id: appId };
  const grid = core.workspace.isGrid() ? { enterprise_id: core.workspace.enterpriseId } : {};
  return { ...team, ...bot, ...grid, is_enterprise_install: false };
}

function enterpriseUser({ workspace }: Core, user: User) {
  const teams = [workspace.teamId, user.teamId];
  return { id: user.id, enterprise_id: workspace.enterpriseId, enterprise_name: "Sandbox", teams };
}

function openConnection(core: Core) {
  return { url: core.url().replace("http", "ws") + core.sockets.issueLink() };
}

function fileInfo(core: Core, args: Args) {
  const file = core.files.files.get(parseArgs(FileInfo, args).file);
  if (!file || !core.files.isVisible(file)) throw new SlackRefusal("file_not_found");
  if (file.mode === "tombstone") throw new SlackRefusal("file_deleted");
  return { file: core.files.info(file), content: "", is_truncated: false, comments: [] };
}

function groupMembers(core: Core, args: Args) {
  const group = core.workspace.groups.get(parseArgs(Group, args).usergroup);
  if (!group) throw new SlackRefusal("no_such_subteam");
  return { users: [...group.users] };
}

function userInfo(core: Core, args: Args) {
  const ask = parseArgs(UserInfo, args);
  const user = core.workspace.users.get(ask.user);
  if (!user) throw new SlackRefusal("user_not_found");
  return {
    user: {
      id: user.id,
      team_id: user.teamId,
      name: user.name,
      real_name: user.name,
      deleted: user.standing === "deactivated",
      tz: user.tz ?? "Etc/UTC",
      tz_offset: 0,
      profile: { display_name: user.name, real_name: user.name, team: user.teamId },
      is_admin: false,
      is_bot: user.isBot || user.standing === "app",
      is_restricted: user.standing === "guest" || user.standing === "guest-of-one",
      is_ultra_restricted: user.standing === "guest-of-one",
      is_app_user: false,
      is_stranger: core.workspace.isStranger(user.id),
      ...(user.standing === "grid" && { enterprise_user: enterpriseUser(core, user) }),
      ...(ask.include_locale && { locale: user.locale }),
    },
  };
}
