import { isAnswered } from "../../../src/core/fold.ts";
import { isOver } from "../../../src/core/state.ts";
import type { Invariant } from "./invariant.ts";

/** Threads are read again this often for files whose events were lost. */
const CATCH_UP_S = 16 * 60;
/** After its launch a request's thread is still read for so long. */
const AFTER_LAUNCH_S = 30 * 60;

/** Every file that was dropped into the thread of an open request is in its record, once; in a storm that may take until it is calm. */
export const losesNoFile: Invariant = {
  name: "loses no file",
  async check({ scene, calmAt }) {
    const drops = scene.worlds.slack.messages().filter(({ fileIds }) => fileIds !== undefined);
    return (await scene.records()).flatMap((c) => {
      const endedS = isOver(c.state) ? (c.history.at(-1)?.at ?? 0) / 1000 : Number.POSITIVE_INFINITY;
      const here = drops.filter(({ thread_ts }) => thread_ts === c.conversation.card);
      const launchedS = (c.task?.launchedAt ?? Number.POSITIVE_INFINITY) / 1000;
      const lastReadS = Math.min(endedS, launchedS + AFTER_LAUNCH_S);
      const due = here.filter(({ ts }) => Math.max(Number(ts), calmAt / 1000) + CATCH_UP_S < lastReadS);
      // A message that was turned away leaves no more than that it was answered.
      const files = due.filter(({ ts }) => !isAnswered(c, ts)).flatMap(({ fileIds }) => fileIds ?? []);
      return files.flatMap((file) => {
        const times = c.materials.filter((m) => m.file.id === file).length;
        if (times > 1) return [`${c.id} has ${file} ${times} times`];
        return scene.worlds.store.files.has(`${c.id} ${file}`) ? [] : [`${c.id} never had ${file}`];
      });
    });
  },
};
