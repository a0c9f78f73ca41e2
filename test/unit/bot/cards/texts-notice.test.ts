import { describe, expect, it } from "vitest";
import { requestCard } from "../../../../src/bot/cards/request-card.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { REQUESTER } from "../../../fixtures/customization-fixture.ts";
import { labels, print } from "./print.ts";
import { ada, NOW, told, view } from "./scenes.ts";

describe("an ultra-fast voice", () => {
  const texts = [
    { id: "t1", text: "Every morning the harbour wakes.\nThe boats go out." },
    { id: "t2", text: "A <b>second</b> text." },
  ];
  const fast = (over: Partial<Customization> = {}) =>
    ada({ kind: "ZERO_SHOT_VOICE", language: "eng", materials: [], texts, ...over });

  it("says on its card what to read and record", () => {
    expect(print(requestCard(fast(), view()))).toMatchInlineSnapshot(`
      "text: AV-12 · ada: ada needs 1 file
      # AV-12 · ada
      :inbox_tray: *ada needs 1 file* — read the text in the thread aloud, and drop the recording there. Next: <@U0ALICE>, since <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>
      :white_medium_square: *Recording*: the text in the thread read aloud, 10–30 s (mp3, wav, aac, m4a or wma, up to 20 MB)
      ~ Voice clone, ultra-fast · Female · asked for by <@U0ALICE> · *Confirm*: <@U0BOB>
      [Details] avatar.details {"type":"details","id":"AV-12"}
      [Edit…] avatar.edit {"type":"edit","id":"AV-12"}
      [Approvers…] avatar.approvers {"type":"approvers","id":"AV-12"}
      [Cancel] danger avatar.cancel {"type":"cancel","id":"AV-12","spent":false}
         Cancel AV-12? The request for "ada" ends and its uploads stop. Nothing has been spent. This cannot be undone. (Cancel the request | Keep it)"
    `);
  });

  it("has its texts in the thread; one is marked, a button marks another", () => {
    const pending = told(fast(), { type: "texts" });
    expect(print(pending)).toMatchInlineSnapshot(`
      "text: Texts to read aloud for ada
      *Texts to read aloud for ada* in English. Read one of them word for word, ten seconds at least, and drop the recording here. It is compared with the one that is marked; _Read this one_ marks another.
      > Every morning the harbour wakes.
      > The boats go out.
      ~ :arrow_up: *This one is read*, unless another is marked.
      > A &lt;b&gt;second&lt;/b&gt; text.
      [Read this one] avatar.choose-text.t2 {"type":"choose-text","id":"AV-12","text":"t2"}
      ~ Only the requester can mark one."
    `);
    const line = { at: NOW, by: REQUESTER, event: { type: "text-chosen", text: "t2" } as const };
    const chosen = told(fast({ chosenText: "t2", history: [line] }), { type: "texts" });
    expect(print(chosen)).toContain(
      "A &lt;b&gt;second&lt;/b&gt; text.\n~ :arrow_up: *This one is read*, says <@U0ALICE>,",
    );
    expect(labels(chosen)).toEqual(["Read this one"]);
    expect(labels(told(fast({ state: "running" }), { type: "texts" }))).toEqual([]);
  });

  it("asks for no choice where there is none, and says how to ask for texts that did not come", () => {
    expect(labels(told(fast({ texts: texts.slice(0, 1) }), { type: "texts" }))).toEqual([]);
    expect(print(told(fast({ texts: [] }), { type: "texts" }))).toContain(
      "Type `/avatar text AV-12` in the channel: that asks again.",
    );
  });
});
