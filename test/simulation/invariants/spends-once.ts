import type { Invariant } from "./invariant.ts";

/** No claim of a launch or a decision reaches the vendor twice, and each is of somebody who may. */
export const spendsOnce: Invariant = {
  name: "spends once",
  check({ scene }) {
    const { received } = scene.worlds.gateway;
    const made = received.filter(({ operation }) => operation === "make" || operation === "customerconfirm");
    const counts = new Map<string, number>();
    for (const { operation, claim } of made) {
      const key = `${operation} ${claim}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const twice = [...counts].filter(([, count]) => count > 1).map(([key, count]) => `${key}: ${count} calls`);
    const unclaimed = made.filter(({ claim }) => claim === undefined || !scene.worlds.store.claims.has(claim));
    const alice = scene.person("alice").id;
    const settlers = [alice, scene.person("bob").id, scene.person("ops").id];
    const strangers = made.filter(({ operation, claim = "" }) => {
      const by = scene.worlds.store.claims.get(claim)?.by ?? "";
      return operation === "make" && !settlers.includes(by);
    });
    return [
      ...twice,
      ...unclaimed.map(({ operation }) => `${operation} without a claim that was stored`),
      ...strangers.map(({ claim }) => `make of ${claim} by somebody who may not`),
    ];
  },
};
