import { decidersOf, launchersOf } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { situationOf } from "../../../core/situation.ts";
import type { StatusFacts } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { md, user } from "../mrkdwn.ts";
import { names } from "./names.ts";
import { resolvers } from "./status.ts";

const { people } = names;

/** What a request lacks, or who is next, for a list; undefined while nobody has to act. */
export function nextIn(c: Customization, facts: StatusFacts): Mrkdwn | undefined {
  const now = situationOf(c, facts.now);
  switch (now.type) {
    case "needs-files": {
      const missing = now.missing.map(({ id }) => names.need[id]);
      return md`缺少：${names.list(missing, "and")}`;
    }
    case "which-file":
    case "questionable":
      return md`下一步：${user(c.requester)}`;
    case "ready":
    case "launch-refused":
    case "out-of-quota":
      return md`下一步：${people(launchersOf(c, facts.policy), "or")}`;
    case "launch-lost":
    case "name-taken":
      return md`下一步：${resolvers(c, facts)}`;
    case "review":
    case "retrain-refused":
    case "still-undecided":
    case "decision-lost":
      return md`下一步：${people(decidersOf(c, facts.policy), "or")}`;
    case "taking-in":
    case "launching":
    case "running":
    case "deciding":
    case "done":
    case "failed":
    case "cancelled":
    case "unfollowed":
      return undefined;
  }
}
