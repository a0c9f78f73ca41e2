import type { Invariant } from "./invariant.ts";

/** No multipart upload stays open, but for one that a killed process began or whose abort was lost. */
export const closesUploads: Invariant = {
  name: "closes uploads",
  check({ scene, cluster }) {
    return [...scene.worlds.cos.uploads]
      .filter(([, { by, isAbortLost, isAnswered }]) => isAnswered && !isAbortLost && !cluster.wasKilled(by.name))
      .map(([id, { name }]) => `${id} of ${name} is still open`);
  },
};
