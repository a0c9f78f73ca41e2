import type { types } from "@slack/bolt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHome, readModal } from "../../../../sandbox/slack/view-rules.ts";
import { addedAnswer } from "../../../../src/bot/cards/added-answer.ts";
import { channelHint, demoAnswer, listAnswer, statusAnswer, whyAnswer } from "../../../../src/bot/cards/answers.ts";
import { attachForm } from "../../../../src/bot/cards/attach-form.ts";
import { evaluationBlocks } from "../../../../src/bot/cards/check-report.ts";
import { onlyButtonAnswer, stopFollowingAnswer } from "../../../../src/bot/cards/command-answers.ts";
import { detailsAnswer } from "../../../../src/bot/cards/details.ts";
import { requestForm } from "../../../../src/bot/cards/forms.ts";
import { homeView } from "../../../../src/bot/cards/home.ts";
import type { CardMessage, CardView } from "../../../../src/bot/cards/message.ts";
import { noticeDelivery } from "../../../../src/bot/cards/notices.ts";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import { launchForm, rejectForm, taskIdForm } from "../../../../src/bot/cards/small-forms.ts";
import { referenceTextAnswer, referenceTextSetAnswer, textsAnswer } from "../../../../src/bot/cards/text-answers.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { zh } from "../../../../src/bot/words/zh.ts";
import { waitsFor } from "../../../../src/core/waits-for.ts";
import { policy } from "../../../fixtures/customization-fixture.ts";
import { beyondLimits } from "../../../fixtures/slack-block-limits.ts";
import { anyNotice, anyRecord } from "./any-record.ts";
import { print } from "./print.ts";
import { view as viewOf } from "./scenes.ts";

const ALICE = { id: "U0ALICE", team: "T0HOME" };

/** What this bot writes itself: quotations, mentions of users, times, links to web addresses. */
const OWN =
  /^> |<@[UW][A-Z0-9]+>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\dTZ:.-]+>|<https?:\/\/[^<>|]+\|[^<>|]+>/gm;
const EVIL = /<!(?:channel|here)|<@U666|\|click>|&(?!amp;|lt;|gt;)/;

/** Slack takes it, and nothing that was typed does anything. */
function expectSafe(message: CardMessage): void {
  print(message);
  expectTame([message.text, ...mrkdwnIn(message.blocks)]);
}

/** Slack takes it as a form. */
function expectForm(form: types.ModalView): void {
  readModal(structuredClone(form));
  expect(beyondLimits(form)).toEqual([]);
  expectTame(mrkdwnIn(form.blocks));
}

/** Nothing but what this bot writes itself. */
function expectTame(texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toMatch(EVIL);
    expect(text.replace(OWN, "")).not.toMatch(/[<>]/);
  }
}

function mrkdwnIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnIn);
}

describe.each([
  ["English", en],
  ["Chinese", zh],
])("for any record, in %s", (_language, words) => {
  const view = (over: Partial<CardView> = {}): CardView => viewOf({ words, ...over });

  it("the card is a message that Slack takes, in which nothing typed is alive", () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(undefined, "<!channel> staging"), (c, environment) => {
        expectSafe(requestCard(c, view({ environment })));
      }),
      { numRuns: 150 },
    );
  });

  it("so is every other message", () => {
    fc.assert(
      fc.property(anyRecord, anyNotice, (c, content) => {
        const hasMaterial = !("material" in content) || c.materials.some((m) => m.id === content.material);
        fc.pre(hasMaterial);
        expectSafe(noticeDelivery(c, { key: "k", at: c.createdAt, content }).message(view()));
      }),
      { numRuns: 300 },
    );
  });

  it("so is a Home a view", () => {
    const who = fc.constantFrom("U0ALICE", "U0BOB", "U0CAROL", "U0OPS");
    const link = "https://slack.example.com/archives/C1/p1";
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 3 }), who, fc.nat(5), (records, id, page) => {
        const many = Array.from({ length: 12 }, () => records).flat();
        const waiting = many.map((c) => ({ c, waits: waitsFor(c, { id, team: "T0HOME" }, policy()) }));
        const pages = { waiting: page, mine: 0, open: page };
        const lists = { waiting, mine: many, open: many, mayMiss: page === 5 };
        const shown = homeView({ lists, pages, view: view({ environment: "<!here>" }), links: () => link });
        readHome(structuredClone(shown));
        expect(beyondLimits(shown)).toEqual([]);
        expectTame(mrkdwnIn(shown.blocks));
      }),
      { numRuns: 60 },
    );
  });

  it("so is the second dialog of a launch a form", () => {
    fc.assert(
      fc.property(anyRecord, (c) => {
        const { words } = view();
        const [intro] = [words.forms.launchAnyway.intro(c)];
        for (const m of c.materials.slice(0, 3)) {
          const blocks = evaluationBlocks(c, m, view());
          expectForm(launchForm({ id: c.id, revision: c.revision, intro, blocks, words }));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("so is every other form", () => {
    fc.assert(
      fc.property(anyRecord, (c) => {
        const { words } = view();
        const shown = { environment: "<!here>", gatewayHost: "gw.example.com", words };
        const conversation = { team: "T0HOME" };
        expectForm(requestForm({ ...shown, conversation, approversAllowed: c.approvers, values: { kind: c.kind } }));
        expectForm(rejectForm({ id: c.id, name: c.name, round: 1, demo: 1, words }));
        expectForm(taskIdForm({ id: c.id, words }));
        const message = { channel: "C1", ts: "1.1" };
        const files = c.materials.map((m) => m.file.name);
        const requests = Array.from({ length: 101 }, () => c);
        expectForm(attachForm({ ...shown, message, files, requests }));
      }),
      { numRuns: 60 },
    );
  });

  it("so is every answer", () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(9), (c, page) => {
        expectSafe(statusAnswer(c, view(), "https://slack.example.com/archives/C1/p1"));
        expectSafe(detailsAnswer(c, page, view()));
        expectSafe(whyAnswer(c, view()));
        expectSafe(textsAnswer(c, ["AV-3", "AV-4"], view()));
        expectSafe(referenceTextAnswer(c, view()));
        expectSafe(referenceTextSetAnswer(c, true, view()));
        expectSafe(stopFollowingAnswer(c, view()));
        const about = { c, link: "https://slack.example.com/archives/C1/p1" };
        expectSafe(onlyButtonAnswer("reject", { ...about, possible: { launch: false, remind: true } }, view()));
        expectSafe(onlyButtonAnswer("launch", { ...about, possible: { launch: true, remind: false } }, view()));
        expectSafe(channelHint(c, { channel: "C1", ts: "1.1" }, view()));
        expectSafe(addedAnswer(c, "1.1", { isNew: true, link: undefined }, view()));
        for (const round of c.rounds.slice(0, 1))
          expectSafe(demoAnswer({ demos: round.demos, round, fresh: true }, c, view()));
        const list = Array.from({ length: 31 }, () => c);
        expectSafe(
          listAnswer(
            list,
            {
              scope: "open",
              page,
              waiting: list.slice(0, 12).map((c) => ({ c, waits: waitsFor(c, ALICE, policy()) })),
            },
            view(),
            () => "https://slack.example.com/archives/C1/p1",
          ),
        );
      }),
      { numRuns: 150 },
    );
  });
});
