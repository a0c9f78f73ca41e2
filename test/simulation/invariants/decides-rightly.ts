import type { Invariant } from "./invariant.ts";

/** The vendor took at most one decision a round, by an approver who is not the requester, about the demo that they saw. */
export const decidesRightly: Invariant = {
  name: "decides rightly",
  check({ scene }) {
    const { gateway, store } = scene.worlds;
    const taken = gateway.received.filter(({ operation, ok }) => operation === "customerconfirm" && ok);
    const rounds = new Set<string>();
    const wrong: string[] = [];
    for (const { claim = "", standing } of taken) {
      const claimed = store.claims.get(claim);
      if (!claimed) continue;
      const round = `${claimed.id} round ${claimed.round}`;
      if (rounds.has(round)) wrong.push(`${round} was decided twice`);
      rounds.add(round);
      const isRequester = claimed.by === scene.person("alice").id;
      if (isRequester || !scene.approvers.get(claimed.name)?.has(claimed.by)) wrong.push(`${round}: by ${claimed.by}`);
      const shown = standing && withoutQuery(gateway.account.view.link(standing, standing.demo));
      const seen = claimed.demos.map(withoutQuery);
      if (!shown || !seen.includes(shown)) wrong.push(`${round}: they saw ${seen}, and ${shown} was decided`);
    }
    return wrong;
  },
};

function withoutQuery(url: string): string {
  return url.split("?")[0] ?? url;
}
