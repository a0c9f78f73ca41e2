import { describe, expect, it } from "vitest";
import {
  channelHint,
  demoAnswer,
  faultAnswer,
  formExpiredAnswer,
  helpAnswer,
  listAnswer,
  refusalAnswer,
  statusAnswer,
  unknownCommandAnswer,
  whyAnswer,
} from "../../../../src/bot/cards/answers.ts";
import { detailsAnswer } from "../../../../src/bot/cards/details.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { Fault } from "../../../../src/core/fault.ts";
import { APPROVER, HOUR, MINUTE, REQUESTER, START } from "../../../fixtures/customization-fixture.ts";
import { buttonsOf, labels, print } from "./print.ts";
import { AWAITING, ada, LETTER, MODEL, REFUSED, ROUND, TRAINING, view } from "./scenes.ts";

const link = (): string => "https://team.slack.example.com/archives/C0STUDIO/p1";

describe("status", () => {
  it("tells where a request stands and links its thread", () => {
    expect(print(statusAnswer(AWAITING, view({ environment: "staging" }), link()))).toMatchInlineSnapshot(`
      "text: STAGING · AV-12 · ada: Demo ready for review
      *STAGING · AV-12 · ada*
      :eyes: *Demo ready for review* — <@U0BOB>, in the thread, since <!date^1762174800^{date_short_pretty} {time}|2025-11-03T13:00Z>
      Launched by <@U0ALICE>, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z> · last checked <!date^1762178340^{date_short_pretty} {time}|2025-11-03T13:59Z>
      Made from consent Ada.pdf and take-3.mp4
      <https://team.slack.example.com/archives/C0STUDIO/p1|Open its thread>
      ~ Standard avatar, studio lip-sync · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>"
    `);
  });
});

describe("list", () => {
  const many = Array.from({ length: 23 }, (_, i) => ada({ id: `AV-${40 - i}`, createdAt: START - i * HOUR }));

  it("shows ten a page, newest first, with a link to each thread", () => {
    const first = listAnswer(many, { scope: "open", page: 0 }, view(), link);
    expect(first.blocks).toHaveLength(13);
    expect(labels(first)).toEqual(["Older"]);
    const last = listAnswer(many, { scope: "open", page: 2 }, view(), () => undefined);
    expect(print(last)).toMatchInlineSnapshot(`
      "text: *All open requests you can see*
      *All open requests you can see*
      *AV-20 · ada* · Checking 0 files
      Standard avatar, studio lip-sync · asked for by <@U0ALICE> 1 day 1 h ago
      *AV-19 · ada* · Checking 0 files
      Standard avatar, studio lip-sync · asked for by <@U0ALICE> 1 day 2 h ago
      *AV-18 · ada* · Checking 0 files
      Standard avatar, studio lip-sync · asked for by <@U0ALICE> 1 day 3 h ago
      ~ 21 to 23 of 23, newest first.
      [Newer] avatar.page.list.1 {"type":"list-page","scope":"open","page":1}"
    `);
  });

  it("turns both ways in the middle, and no further than the end", () => {
    const middle = listAnswer(many, { scope: "mine", page: 1 }, view(), link);
    expect(buttonsOf(middle).map(({ action_id, value }) => `${action_id} ${value}`)).toEqual([
      'avatar.page.list.0 {"type":"list-page","scope":"mine","page":0}',
      'avatar.page.list.2 {"type":"list-page","scope":"mine","page":2}',
    ]);
    expect(print(listAnswer(many, { scope: "mine", page: 99 }, view(), link))).toContain("21 to 23 of 23");
  });

  it("says the stage of what is in production", () => {
    const [running] = [ada({ state: "running", task: TRAINING })];
    expect(print(listAnswer([running], { scope: "mine", page: 0 }, view(), link))).toContain(
      "* · In production: training\n",
    );
  });

  it.each(["mine", "channel", "open"] as const)("says how to begin when %s is empty", (scope) => {
    const empty = listAnswer([], { scope, page: 0 }, view(), link);
    expect(print(empty)).toContain("`/avatar new` begins one.");
    expect(labels(empty)).toEqual(["New request"]);
  });
});

describe("history", () => {
  it("has one line for each event, newest first", () => {
    const c = ada({
      history: [
        { at: START, by: REQUESTER, event: { type: "opened" } },
        {
          at: START + MINUTE,
          by: MODEL,
          event: { type: "file-refused", name: "take-1.avi", refusal: { type: "empty-file" } },
        },
        { at: START + HOUR, by: REQUESTER, event: { type: "launch-agreed", claim: "claim-1", again: false } },
        { at: START + HOUR, event: { type: "launched", task: "7781203" } },
        { at: START + HOUR, event: { type: "file-replaced", role: "photo", name: "photo.jpg" } },
        { at: START + HOUR, by: REQUESTER, event: { type: "launch-agreed", claim: "claim-2", again: true } },
        {
          at: START + 2 * HOUR,
          by: APPROVER,
          event: { type: "decided", round: 1, operate: "REJECT", reason: "The lips lag." },
        },
      ],
    });
    expect(print(detailsAnswer(c, 0, view()))).toMatchInlineSnapshot(`
      "text: *Details of AV-12 · ada*
      *Details of AV-12 · ada*
      ~ *Authorization letter* consent Ada.pdf · 801 KB · CRC-64 \`7777777777777777771\`
      *Footage* take-3.mp4 · 694 MB · CRC-64 \`7777777777777777772\`
      ~ *Cancel*: the requester, an approver or an operator
      *In production*
      <!date^1762167600^{date_short_pretty} {time}|2025-11-03T11:00Z> · demo rejected: “The lips lag.” · <@U0BOB>
      <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z> · Launch pressed again: agreed that it may spend a second quota (call \`claim-2\`) · <@U0ALICE>
      <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z> · photo photo.jpg replaced by a newer one
      <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z> · Tencent Cloud took it: TaskId \`7781203\`
      *Before Launch*
      <!date^1762164000^{date_short_pretty} {time}|2025-11-03T10:00Z> · Launch pressed: agreed that one quota is spent and that the person has given permission (call \`claim-1\`) · <@U0ALICE>
      <!date^1762160460^{date_short_pretty} {time}|2025-11-03T09:01Z> · file refused: take-1.avi, which is empty · <@U0CAROL>
      <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z> · asked for by <@U0ALICE>"
    `);
  });

  it("is paged", () => {
    const history = Array.from({ length: 45 }, (_, i) => ({
      at: START + i,
      event: { type: "demo", round: i } as const,
    }));
    const second = detailsAnswer(ada({ history }), 1, view());
    expect(print(second)).toContain("21 to 40 of 45, newest first.");
    expect(labels(second)).toEqual(["Newer", "Older"]);
  });
});

describe("why", () => {
  it("tells all reasons again", () => {
    const late = { ...REFUSED, id: "2.2/F9", refusal: { type: "not-collecting", state: "running" } } as const;
    expect(print(whyAnswer(ada({ materials: [LETTER, REFUSED, late] }), view()))).toMatchInlineSnapshot(`
      "text: *2 files refused in AV-12 · ada*
      *take-1.avi* from <@U0CAROL>: This request stands at “In production” and takes no more files: they can be replaced only before Launch. For other material, begin a new request with \`/avatar new\`.
      *take-1.avi* from <@U0CAROL>: It is an AVI video; this request needs an authorization video (mp4), an authorization letter (pdf) or footage (mp4 or mov). Convert it, or drop another file here.
      *2 files refused in AV-12 · ada*
      *take-1.avi* from <@U0CAROL>: This request stands at “In production” and takes no more files: they can be replaced only before Launch. For other material, begin a new request with \`/avatar new\`.
      *take-1.avi* from <@U0CAROL>: It is an AVI video; this request needs an authorization video (mp4), an authorization letter (pdf) or footage (mp4 or mov). Convert it, or drop another file here."
    `);
  });

  it("counts what it does not show", () => {
    const materials = Array.from({ length: 14 }, (_, i) => ({ ...REFUSED, id: `${i}/F` }));
    expect(print(whyAnswer(ada({ materials }), view()))).toContain("… and 4 more");
  });
});

const NEW = ["https://demo.example.com/new.mp4?s=2"];

describe("other answers", () => {
  it("give the demo's links of this moment", () => {
    expect(print(demoAnswer({ demos: NEW, round: ROUND, fresh: true }, AWAITING, view()))).toMatchInlineSnapshot(`
      "text: *Demo 1 of AV-12 · ada*, with links fetched just now:
      *Demo 1 of AV-12 · ada*, with links fetched just now:
      :clapper: <https://demo.example.com/new.mp4?s=2|new.mp4> on \`demo.example.com\`"
    `);
    expect(print(demoAnswer({ demos: [], round: ROUND, fresh: true }, AWAITING, view()))).toContain("gave no link");
    const old = print(demoAnswer({ demos: NEW, round: ROUND, fresh: false }, AWAITING, view()));
    expect(old).toContain("may have expired");
    expect(old).not.toContain("just now:");
  });

  it("offer a file in the channel to the request that waits for it", () => {
    expect(print(channelHint(ada(), { channel: "C0STUDIO", ts: "1.5" }, view()))).toMatchInlineSnapshot(`
      "text: Is this for *AV-12 · ada*? Files count only in the thread of its card; press the button, or drop them there.
      Is this for *AV-12 · ada*? Files count only in the thread of its card; press the button, or drop them there.
      [Use it for AV-12] avatar.use-for {"type":"use-for","id":"AV-12","channel":"C0STUDIO","ts":"1.5"}"
    `);
  });

  it("help with real examples, operators with one more", () => {
    expect(print(helpAnswer(en, { isOperator: true }))).toMatchInlineSnapshot(`
      "text: *1.*  \`/avatar new\` opens a form, and posts a card in the channel.
      *2.*  Drop the material into the card's thread.
      *3.*  Press _Launch_ on the card. It spends one purchased quota.
      *4.*  Hours or days later an approver watches or hears the demo and presses _Confirm_.
      *Commands*, here with AV-12 for a request
      \`/avatar new\`  asks for an avatar or a voice
      \`/avatar status\`  what waits for you, and your requests
      \`/avatar AV-12\`  where it stands
      \`/avatar list\`  all open requests you can see; \`/avatar list mine\` yours, \`/avatar list channel\` this channel's; also waiting, done, all, and by kind, state and person: \`/avatar list photo ready @bob\`
      \`/avatar details AV-12\`  what happened, when, and who did it
      \`/avatar text AV-12\`  the text to read aloud for an ultra-fast voice
      \`/avatar quota\`  how many launches of each kind are left
      \`/avatar cancel AV-12\`  ends it before Launch, stops following it after
      \`/avatar remind AV-12\`  reminds whoever is next; \`/avatar owner AV-12 @new\` gives it to somebody else
      \`/avatar language zh\`  turns this channel's cards and threads to Chinese; \`/avatar language en\` back
      \`/avatar approver AV-12 @gone @now\`  puts another approver in; for operators
      # Digital people from Tencent Cloud
      *1.*  \`/avatar new\` opens a form, and posts a card in the channel.
      *2.*  Drop the material into the card's thread.
      *3.*  Press _Launch_ on the card. It spends one purchased quota.
      *4.*  Hours or days later an approver watches or hears the demo and presses _Confirm_.
      *Commands*, here with AV-12 for a request
      \`/avatar new\`  asks for an avatar or a voice
      \`/avatar status\`  what waits for you, and your requests
      \`/avatar AV-12\`  where it stands
      \`/avatar list\`  all open requests you can see; \`/avatar list mine\` yours, \`/avatar list channel\` this channel's; also waiting, done, all, and by kind, state and person: \`/avatar list photo ready @bob\`
      \`/avatar details AV-12\`  what happened, when, and who did it
      \`/avatar text AV-12\`  the text to read aloud for an ultra-fast voice
      \`/avatar quota\`  how many launches of each kind are left
      \`/avatar cancel AV-12\`  ends it before Launch, stops following it after
      \`/avatar remind AV-12\`  reminds whoever is next; \`/avatar owner AV-12 @new\` gives it to somebody else
      \`/avatar language zh\`  turns this channel's cards and threads to Chinese; \`/avatar language en\` back
      \`/avatar approver AV-12 @gone @now\`  puts another approver in; for operators
      ~ Slack runs no slash commands inside threads: mention this app there, for example with _status_ or _details_. This app's Home tab shows what waits for you. _Add to a request_, in the menu of a message, takes files that were posted elsewhere.
      [New request] avatar.new-request {"type":"new-request"}"
    `);
    expect(print(helpAnswer(en, { isOperator: false }))).not.toContain("approver AV-12");
  });

  it("name the nearest command, or all", () => {
    expect(print(unknownCommandAnswer("stauts", "status", en))).toMatchInlineSnapshot(`
      "text: \`/avatar stauts\` is not understood. Did you mean \`/avatar status\`?
      \`/avatar stauts\` is not understood. Did you mean \`/avatar status\`?
      [Run /avatar status] avatar.run {"type":"run","line":"status"}"
    `);
    expect(labels(unknownCommandAnswer("aprover AV-1", "approver AV-1 @gone @now", en))).toEqual([]);
    expect(print(unknownCommandAnswer("make me rich", undefined, en))).toContain(
      "`/avatar make me rich` is not understood.",
    );
  });

  it("open the form again when Slack was too slow", () => {
    expect(labels(formExpiredAnswer(en))).toEqual(["New request"]);
  });

  it("refuse in a sentence, and give an id to quote when something broke", () => {
    expect(print(refusalAnswer({ type: "not-in-channel" }, en, "avatar"))).toContain("/invite @avatar");
    const fault = new Fault("gateway-refused", "asking", { resultCode: 100005, said: "no <right>", requestId: "9f1c" });
    expect(print(faultAnswer(fault, "a1b2", en))).toMatchInlineSnapshot(`
      "text: Tencent Cloud refused. It said: “no &lt;right&gt;” (code \`100005\`). RequestID for its support: \`9f1c\`. If it stays so, tell the operator this id: \`a1b2\`.
      Tencent Cloud refused. It said: “no &lt;right&gt;” (code \`100005\`). RequestID for its support: \`9f1c\`. If it stays so, tell the operator this id: \`a1b2\`."
    `);
    expect(print(faultAnswer(new TypeError("x is not a function"), "a1b2", en))).not.toContain("function");
  });

  it("tells what the operating system lacks, wherever it came up", () => {
    const full = (code: string) => Object.assign(new Error(`${code}: something, open '/data/requests'`), { code });
    const unwritten = new Fault("store-unwritten", "writing AV-12", { cause: full("EMFILE") });
    expect(print(faultAnswer(unwritten, "a1b2", en))).toContain(
      "before you try again. It has too many files and connections open.",
    );
    expect(print(faultAnswer(full("ENOSPC"), "a1b2", en))).toContain("Its disk is full.");
    expect(print(faultAnswer(full("EOTHER"), "a1b2", en))).not.toContain("open");
  });
});
