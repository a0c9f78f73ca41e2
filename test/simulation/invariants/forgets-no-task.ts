import type { Invariant } from "./invariant.ts";

/** The vendor makes nothing that no record knows of, but for a launch whose outcome people were asked about. */
export const forgetsNoTask: Invariant = {
  name: "forgets no task",
  async check({ scene }) {
    const all = await scene.records();
    return scene.worlds.gateway.tasks().flatMap(({ taskId, anchorName }) => {
      const c = all.find(({ name }) => name === anchorName);
      const isNoted = c?.history.some(({ event }) => "task" in event && event.task === taskId);
      const wasAsked = c?.history.some(({ event }) => event.type === "launch-unknown");
      return c?.task?.id === taskId || isNoted || wasAsked ? [] : [`${taskId} of ${anchorName} is in no record`];
    });
  },
};
