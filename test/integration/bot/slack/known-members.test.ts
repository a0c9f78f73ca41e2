import { describe, expect, it } from "vitest";
import { knownMembers } from "../../../../src/bot/slack/known-members.ts";
import { ManualClock } from "../../../twins/manual-clock.ts";
import { botBench } from "../bot-bench.ts";

async function asking() {
  const b = await botBench();
  const clock = new ManualClock(0);
  const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id, b.bob.id] });
  const calls = () => b.slack.calls.filter(({ method }) => method === "conversations.members").length;
  return { b, clock, secret, calls, isMember: knownMembers({ slack: b.clients, log: b.log, clock }) };
}

describe("who is in a channel", () => {
  it("is asked once a minute, however many ask", async () => {
    const { b, clock, secret, calls, isMember } = await asking();
    const all = await Promise.all([b.alice, b.bob, b.eve].map(({ id }) => isMember(secret, id)));
    expect(all).toEqual([true, true, false]);
    b.slack.leave(secret, b.bob.id);
    clock.advance(59_000);
    expect(await isMember(secret, b.bob.id)).toBe(true);
    expect(calls()).toBe(1);
    clock.advance(1_000);
    expect(await isMember(secret, b.bob.id)).toBe(false);
    expect(calls()).toBe(2);
  });

  it("is not known where Slack does not tell, and is asked again after a trouble that passes", async () => {
    const { b, secret, isMember } = await asking();
    b.slack.faults.plan("conversations.members", { type: "code", code: "internal_error" });
    await expect(isMember(secret, b.alice.id)).rejects.toMatchObject({ resultCode: "internal_error" });
    expect(await isMember(secret, b.alice.id)).toBe(true);
    const away = b.slack.addChannel({ name: "away", kind: "private", members: [b.alice.id], botIsMember: false });
    expect(await isMember(away, b.alice.id)).toBeUndefined();
  });
});
