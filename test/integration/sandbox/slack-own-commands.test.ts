import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";

let slack: SandboxSlack;
let alice: Person;
let bob: Person;
let random: string;

beforeEach(async () => {
  slack = await startSlack();
  alice = slack.person(slack.addUser({ name: "alice" }));
  bob = slack.person(slack.addUser({ name: "bob" }));
  random = slack.addChannel({ name: "random", kind: "public", members: [alice.id], botIsMember: false });
});
afterEach(() => slack.close());

const membersOf = (id: string) => slack.state().channels.find((channel) => channel.id === id)?.members;

describe("/invite", () => {
  it("brings people and the bot into a channel, and the channel shows it", async () => {
    await alice.command(random, "/invite @avatar-bot @bob");
    expect(membersOf(random)).toEqual([alice.id, slack.botUserId, bob.id]);
    expect(slack.messages(random)).toMatchObject([
      { subtype: "channel_join", user: slack.botUserId, inviter: alice.id },
      { subtype: "channel_join", user: bob.id, text: `<@${bob.id}> has joined the channel` },
    ]);
    await bob.post(random, "thanks");
  });

  it("takes the name of another channel", async () => {
    const studio = slack.addChannel({ name: "studio", kind: "private", members: [alice.id] });
    await alice.command(random, "/invite @bob #studio");
    expect(membersOf(studio)).toContain(bob.id);
  });

  it.each([
    ["/invite @nobody", "There is nobody called @nobody here."],
    ["/invite @alice", "is already in this channel."],
    ["/invite", "Whom? Type `/invite @name`"],
    ["/invite @bob #nowhere", "There is no channel #nowhere that you can see."],
    ["/invite @bob #secret", "There is no channel #secret that you can see."],
    ["/invite @alice #open", "You have to be in #open to invite people there."],
  ])("%s: says privately why nothing comes of it", async (line, said) => {
    slack.addChannel({ name: "secret", kind: "private", members: [bob.id] });
    slack.addChannel({ name: "open", kind: "public", members: [bob.id] });
    await alice.command(random, line);
    expect(alice.privates()).toMatchObject([
      { user: "USLACKBOT", channel: random, text: expect.stringContaining(said) },
    ]);
    expect(slack.messages(random)).toEqual([]);
  });

  it("does not work in a direct message", async () => {
    const im = slack.addChannel({ name: "", kind: "im", members: [alice.id] });
    await alice.command(im, "/invite @bob");
    expect(alice.privates()[0]?.text).toContain("can’t invite people to a direct message");
    expect(membersOf(im)).not.toContain(bob.id);
  });
});

describe("other commands", () => {
  it("that nobody has are no app's", async () => {
    await alice.command(random, "/foo bar");
    expect(alice.privates()).toMatchObject([{ user: "USLACKBOT", text: "/foo is not a valid command." }]);
    expect(bob.privates()).toEqual([]);
  });

  it("of apps are not taken in threads; Slack's own is", async () => {
    const ts = await alice.post(random, "a thread");
    for (const line of ["/avatar status", "/invite @bob"]) await alice.command(random, line, ts);
    expect(alice.privates()).toMatchObject([{ text: "/avatar is not supported in threads. Sorry!", thread_ts: ts }]);
    expect(membersOf(random)).toContain(bob.id);
  });
});
