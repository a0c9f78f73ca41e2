import { describe, expect, it } from "vitest";
import { readHome } from "../../../../sandbox/slack/view-rules.ts";
import { FIRST_PAGES, homeView, refusedHome } from "../../../../src/bot/cards/home.ts";
import type { CardView } from "../../../../src/bot/cards/message.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import type { ListsForHome } from "../../../../src/core/waits-for.ts";
import { waitsFor } from "../../../../src/core/waits-for.ts";
import {
  APPROVER,
  accepted,
  HOUR,
  OPERATOR,
  policy,
  REQUESTER,
  START,
  TEAM,
} from "../../../fixtures/customization-fixture.ts";
import { printBlocks } from "./print.ts";
import { AWAITING, ada, LOST, ROUND, VIDEO, view } from "./scenes.ts";

const link = (): string => "https://team.slack.example.com/archives/C0STUDIO/p1";
const NOTHING: ListsForHome = { waiting: [], mine: [], open: [], mayMiss: false };

function home(lists: Partial<ListsForHome>, over: Partial<CardView> = {}, pages = FIRST_PAGES): string {
  const shown = homeView({ lists: { ...NOTHING, ...lists }, pages, view: view(over), links: link });
  readHome(structuredClone(shown));
  return printBlocks(shown.blocks).join("\n");
}

function waitingFor(id: string, ...all: Customization[]): ListsForHome["waiting"] {
  const rules = policy({ operators: [OPERATOR] });
  return all.map((c) => ({ c, waits: waitsFor(c, { id, team: TEAM }, rules) }));
}

describe("a Home", () => {
  it("says so when Slack does not tell whether the reader may see some requests", () => {
    expect(home({ mayMiss: true })).toContain("they may be missing here");
    expect(home({})).not.toContain("they may be missing here");
  });

  it("that has nothing says how to begin", () => {
    expect(home({}, { environment: "staging" })).toMatchInlineSnapshot(`
      "# STAGING · Digital people
      [New request] primary avatar.new-request {"type":"new-request"}
      *How it goes*
      *1.*  \`/avatar new\` opens a form, and posts a card in the channel.
      *2.*  Drop the material into the card's thread.
      *3.*  Press _Launch_ on the card. It spends one purchased quota.
      *4.*  Hours or days later an approver watches or hears the demo and presses _Confirm_.
      ----
      # Waiting for you
      Nothing waits for you.
      ----
      # Your requests
      You have asked for nothing yet. Press _New request_ above, or type \`/avatar new\` in a channel that this app is in.
      ----
      # Other open requests you can see
      Nobody else has an open request that you can see. Those of private channels are seen by their members only.
      ----
      ~ As of <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>. It changes by itself while requests move on; open this tab again to be sure. \`/avatar help\` lists the commands."
    `);
  });

  it("says what somebody has to do, and where each request stands", () => {
    const ready = ada({ id: "AV-14", name: "mei", state: "ready" });
    const question = ada({ id: "AV-13", name: "bo", materials: [VIDEO] });
    const shown = home({ waiting: waitingFor(REQUESTER, ready, question, LOST), mine: [ready, question, LOST] });
    expect(shown).toMatchInlineSnapshot(`
      "# Digital people
      [New request] primary avatar.new-request {"type":"new-request"}
      ----
      # Waiting for you
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-14 · mei>* · Ready to launch
      *To do:* press _Launch_ on its card. Everything is there; a launch spends one purchased quota.
      Standard avatar, studio lip-sync · next: <@U0ALICE> · asked for by <@U0ALICE> 5 h ago
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-13 · bo>* · Which one is clip.mp4?
      *To do:* say what clip.mp4 is; the thread has the buttons.
      Standard avatar, studio lip-sync · next: <@U0ALICE> · asked for by <@U0ALICE> 5 h ago
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-12 · ada>* · We lost the reply to this launch
      *To do:* say how its launch ended. The answer was lost; the thread says how to find out.
      Standard avatar, studio lip-sync · next: <@U0ALICE> or <@U0BOB> · asked for by <@U0ALICE> 5 h ago
      ----
      # Your requests
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-14 · mei>* · Ready to launch
      Standard avatar, studio lip-sync · next: <@U0ALICE> · asked for by <@U0ALICE> 5 h ago
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-13 · bo>* · Which one is clip.mp4?
      Standard avatar, studio lip-sync · next: <@U0ALICE> · asked for by <@U0ALICE> 5 h ago
      *<https://team.slack.example.com/archives/C0STUDIO/p1|AV-12 · ada>* · We lost the reply to this launch
      Standard avatar, studio lip-sync · next: <@U0ALICE> or <@U0BOB> · asked for by <@U0ALICE> 5 h ago
      ----
      # Other open requests you can see
      Nobody else has an open request that you can see. Those of private channels are seen by their members only.
      ----
      ~ As of <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>. It changes by itself while requests move on; open this tab again to be sure. \`/avatar help\` lists the commands."
    `);
  });

  it("tells an approver which demo waits, and since when", () => {
    const lost = ada({ id: "AV-11", state: "decision-unknown", rounds: [ROUND] });
    const waiting = waitingFor(APPROVER, AWAITING, lost);
    const shown = home({ waiting, open: [AWAITING, lost] });
    expect(shown).toContain(
      "*To do:* look at demo 1 in the thread, then press _Confirm_ or _Reject…_ there. It has waited for 1 h.",
    );
    expect(shown).toContain("A decision about demo 1 was sent and its answer was lost");
    expect(shown.indexOf("*How it goes*")).toBeGreaterThan(shown.indexOf("# Other open requests"));
  });

  it("names a questionable file", () => {
    const warned = ada({ kind: "IMAGE_PHOTO", materials: [accepted("photo", 1, { state: "warned" })] });
    expect(home({ waiting: waitingFor(REQUESTER, warned), mine: [warned] })).toContain(
      "is questionable. Press _Use it",
    );
  });

  it("has ten of each list on a page, and buttons that turn one list and leave the others", () => {
    const many = Array.from({ length: 23 }, (_, i) => ada({ id: `AV-${40 - i}`, createdAt: START - i * HOUR }));
    const pages = { waiting: 0, mine: 1, open: 2 };
    const lists = { waiting: waitingFor(REQUESTER, ...many), mine: many, open: many };
    const lines = home(lists, {}, pages).split("\n");
    expect(lines.filter((line) => /^(\[|~)/.test(line))).toMatchInlineSnapshot(`
      [
        "[New request] primary avatar.new-request {"type":"new-request"}",
        "~ 1 to 10 of 23, newest first.",
        "[Older] avatar.page.home.waiting.1 {"type":"home-page","list":"waiting","pages":{"waiting":1,"mine":1,"open":2}}",
        "~ 11 to 20 of 23, newest first.",
        "[Newer] avatar.page.home.mine.0 {"type":"home-page","list":"mine","pages":{"waiting":0,"mine":0,"open":2}}",
        "[Older] avatar.page.home.mine.2 {"type":"home-page","list":"mine","pages":{"waiting":0,"mine":2,"open":2}}",
        "~ 21 to 23 of 23, newest first.",
        "[Newer] avatar.page.home.open.1 {"type":"home-page","list":"open","pages":{"waiting":0,"mine":1,"open":1}}",
        "~ As of <!date^1762178400^{date_short_pretty} {time}|2025-11-03T14:00Z>. It changes by itself while requests move on; open this tab again to be sure. \`/avatar help\` lists the commands.",
      ]
    `);
    expect(lines.length).toBeLessThan(120);
  });

  it("of somebody who may do nothing here says why", () => {
    const shown = refusedHome({ type: "other-workspace" }, view());
    readHome(structuredClone(shown));
    expect(printBlocks(shown.blocks)).toEqual([
      "# Digital people",
      "Only people of the workspace that this bot belongs to can do this: ask one of them.",
    ]);
  });
});
