import type { SlackState } from "../../slack/state.ts";
import type { Standing } from "../../slack/workspace.ts";
import type { World } from "../../world.ts";
import type { PagePerson, PageState } from "../contract.ts";
import { waiting } from "./controls.ts";
import { switches } from "./switches.ts";

/** Everything behind Slack: it sends no change events, and is small enough to poll. */
export type Backstage = Pick<
  PageState,
  "via" | "bot" | "speed" | "quota" | "tasks" | "objects" | "switches" | "waiting"
>;

export function backstageOf(world: World): Backstage {
  const { via, gateway, cos } = world;
  return {
    via,
    bot: world.botState(),
    speed: gateway.speed,
    quota: gateway.quota,
    tasks: gateway.tasks().map(({ taskId, anchorName, makeType, stage, stageStatus, status }) => ({
      taskId,
      anchorName,
      makeType,
      stage,
      stageStatus,
      status,
    })),
    objects: cos.objects(),
    switches: switches(world),
    waiting: waiting(world),
  };
}

const PARTS: Readonly<Record<keyof World["people"], PagePerson["part"]>> = {
  alice: "requester",
  bob: "approver",
  carol: "approver",
  olga: "operator",
  eve: "outsider",
};

/** Everything the page shows. */
export function pageStateOf(world: World, backstage: Backstage): PageState {
  const { people, ...slack } = world.slack.state();
  return {
    ...slack,
    ...backstage,
    people: people.map((person) => ({ ...person, part: partOf(world, slack, person.id) })),
  };
}

const STANDINGS: Readonly<Record<Standing, PagePerson["part"]>> = {
  member: "outsider",
  guest: "guest",
  "guest-of-one": "guest of one channel",
  grid: "colleague of the same Grid",
  app: "another app",
  deactivated: "deactivated",
};

function partOf(
  { people }: World,
  { users, teamId }: Pick<SlackState, "users" | "teamId">,
  id: string,
): PagePerson["part"] {
  const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const name = names.find((known) => people[known].id === id);
  if (name !== undefined) return PARTS[name];
  const user = users.find((one) => one.id === id);
  const isStranger = user?.standing === "member" && user.teamId !== teamId;
  return isStranger ? "of another organisation" : STANDINGS[user?.standing ?? "member"];
}
