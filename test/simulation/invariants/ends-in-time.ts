import { isOver } from "../../../src/core/state.ts";
import type { Invariant } from "./invariant.ts";

/** Every request that was wished for comes to an end, and everybody is told, soon after things are calm. */
export const endsInTime: Invariant = {
  name: "ends in time",
  async check({ scene, isSettled }) {
    if (isSettled) return [];
    const all = await scene.records();
    const left = all.filter((c) => !isOver(c.state) || c.outbox.some(({ delivered }) => delivered === undefined));
    const unasked = scene.wishes.filter(({ name }) => !all.some((c) => c.name === name));
    return [
      ...left.map(
        (c) => `${c.id} is still ${c.state}, untold: ${c.outbox.filter((n) => !n.delivered).map((n) => n.key)}`,
      ),
      ...unasked.map(({ name }) => `${name} could not be asked for`),
    ];
  },
};
