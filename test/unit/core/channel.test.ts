import { describe, expect, it } from "vitest";
import { withChannel } from "../../../src/core/channel.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { ChannelFacts } from "../../../src/core/ports.ts";
import { customization, round, START, TEAM } from "../../fixtures/customization-fixture.ts";

const PUBLIC: ChannelFacts = { visibility: "public" };
const ARCHIVED: ChannelFacts = { visibility: "public", closed: "archived" };
const PRIVATE: ChannelFacts = { visibility: "private" };

const said = (c: Customization): unknown[] => c.outbox.map(({ content }) => content.type);
const waiting = customization({ state: "awaiting-decision", rounds: [round()] });

describe("a request in a channel that changes", () => {
  it("is the same as long as nothing changes", () => {
    const c = customization();
    expect(withChannel(c, PUBLIC, START)).toBe(c);
    const archived = withChannel(c, ARCHIVED, START);
    expect(withChannel(archived, ARCHIVED, START + 1)).toBe(archived);
  });

  it("tells its requester once that the card is out of reach, and drops what is over", () => {
    const archived = withChannel(customization(), ARCHIVED, START);
    expect(said(archived)).toEqual(["channel-changed"]);
    const open = withChannel(archived, PUBLIC, START + 1);
    expect(open.conversation).not.toHaveProperty("closed");
    expect(said(open)).toEqual(["channel-changed"]);
    expect(said(withChannel(open, ARCHIVED, START + 2))).toEqual(["channel-changed", "channel-changed"]);
  });

  it("sends a waiting demo to its approvers, unless they have it", () => {
    const archived = withChannel(waiting, ARCHIVED, START);
    expect(said(archived)).toEqual(["channel-changed", "demo-direct"]);
    const delivered = (as: string): Customization => ({
      ...withChannel(waiting, PRIVATE, START),
      outbox: withChannel(waiting, PRIVATE, START).outbox.map((notice) => ({ ...notice, delivered: as })),
    });
    const count = (c: Customization): number => said(c).filter((type) => type === "demo-direct").length;
    const both: ChannelFacts = { visibility: "private", closed: "archived" };
    expect(count(withChannel(delivered("D1/1.1"), both, START + 1))).toBe(1);
    expect(count(withChannel(delivered("said"), both, START + 1))).toBe(2);
  });

  it("says nothing of a channel that is shared or public again", () => {
    const shared = withChannel(waiting, { visibility: "public", shared: "yes" }, START);
    expect(shared.conversation).toMatchObject({ shared: "yes" });
    expect(said(shared)).toEqual([]);
    const hidden = customization({ conversation: { team: TEAM, channel: "C0STUDIO", visibility: "private" } });
    expect(said(withChannel(hidden, PUBLIC, START))).toEqual([]);
  });

  it("needs no care once it has ended, but is hidden where its channel is", () => {
    const ended = customization({ state: "done" });
    expect(withChannel(ended, ARCHIVED, START)).toBe(ended);
    expect(withChannel(ended, PRIVATE, START).conversation.visibility).toBe("private");
    const endedThere = { ...ended, conversation: { ...ended.conversation, closed: "archived" as const } };
    expect(withChannel(endedThere, PUBLIC, START).conversation).not.toHaveProperty("closed");
    const untold = { ...ended, outbox: [{ key: "done", at: START, content: { type: "done" as const } }] };
    expect(withChannel(untold, ARCHIVED, START).conversation.closed).toBe("archived");
  });

  it("is no channel's when it is a direct message's", () => {
    const direct = customization({ conversation: { team: TEAM, channel: "D1", visibility: "direct" } });
    expect(withChannel(direct, PUBLIC, START)).toBe(direct);
  });
});
