import { expect, it } from "vitest";
import { teamOfUser } from "../../../../src/bot/slack/people.ts";
import { botBench } from "../bot-bench.ts";

it("tells whose workspace somebody is of, and lets in nobody whom Slack cannot tell of", async () => {
  const b = await botBench();
  const reader = { slack: b.clients, clock: b.ports.clock };
  expect(await teamOfUser(reader, b.alice.id)).toBe(b.slack.teamId);
  expect(await teamOfUser(reader, b.carol.id)).toBe("T0OTHER");
  b.slack.faults.plan("users.info", { type: "code", code: "user_not_visible" });
  expect(await teamOfUser(reader, b.carol.id)).not.toBe(b.slack.teamId);
  b.slack.faults.plan("users.info", { type: "code", code: "internal_error" });
  await expect(teamOfUser(reader, b.carol.id)).rejects.toMatchObject({ code: "slack-unreachable" });
});
