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
    people: people.map((person) => ({ ...person, part: partOf(world, person.id) })),
  };
}

function partOf({ people }: World, id: string): PagePerson["part"] {
  const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const name = names.find((known) => people[known].id === id);
  return name === undefined ? "outsider" : PARTS[name];
}
