import { describe, expect, it } from "vitest";
import { readModal } from "../../../../sandbox/slack/view-rules.ts";
import { addedAnswer, addFormExpiredAnswer } from "../../../../src/bot/cards/added-answer.ts";
import type { AttachFormOptions } from "../../../../src/bot/cards/attach-form.ts";
import { attachForm, readAttachForm } from "../../../../src/bot/cards/attach-form.ts";
import { noticeDelivery } from "../../../../src/bot/cards/notices.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import { HOUR, START } from "../../../fixtures/customization-fixture.ts";
import { print, printBlocks } from "./print.ts";
import { ada, LETTER, notice, REFUSED, told, UPLOADING, VIDEO, view } from "./scenes.ts";

const link = "https://team.slack.example.com/archives/C0STUDIO/p1";
const FROM = { channel: "C0LOUNGE", thread: "9.9", author: "U0EVE", at: START + HOUR };
const elsewhere = (m: Material): Material => ({ ...m, file: { ...m.file, ts: "10.1", from: FROM } });

function form(over: Partial<AttachFormOptions> = {}) {
  const message = { channel: "C0LOUNGE", ts: "10.1" };
  const base = { message, files: ["take-3.mp4"], environment: "staging", gatewayHost: "gw.example.com", words: en };
  const shown = attachForm({ ...base, requests: [ada()], ...over });
  readModal(structuredClone(shown));
  return shown;
}

describe("the form for files that were posted elsewhere", () => {
  it("names them, and chooses the only request there is", () => {
    const { blocks, ...frame } = form({ files: ["take-3.mp4", "consent Ada.pdf"] });
    expect(frame).toEqual({
      type: "modal",
      callback_id: "avatar.attach",
      private_metadata: '{"channel":"C0LOUNGE","ts":"10.1"}',
      title: { type: "plain_text", text: "Add to a request", emoji: false },
      submit: { type: "plain_text", text: "Add", emoji: false },
      close: { type: "plain_text", text: "Close", emoji: false },
    });
    expect(printBlocks([blocks[0], blocks[2]])).toEqual([
      "These 2 files are taken as if dropped into the thread of the request's card: take-3.mp4 and consent Ada.pdf.",
      "~ *STAGING* · What you enter here and the files you drop go to Tencent Cloud, through `gw.example.com`. Submitting spends nothing; Launch does.",
    ]);
    const option = {
      text: { type: "plain_text", text: "AV-12 · ada", emoji: false },
      value: "AV-12",
      description: {
        type: "plain_text",
        text: "Waiting for files · Standard avatar, studio lip-sync",
        emoji: false,
      },
    };
    expect(blocks[1]).toMatchObject({
      block_id: "request",
      label: { text: "Request" },
      optional: false,
      element: { type: "static_select", options: [option], initial_option: option },
    });
  });

  it("lists a hundred at most, the newest, and chooses none of several", () => {
    const many = Array.from({ length: 120 }, (_, i) => ada({ id: `AV-${200 - i}`, name: "n".repeat(50) }));
    const { blocks } = form({ requests: many, files: Array.from({ length: 10 }, () => "x".repeat(200)) });
    const values = [...JSON.stringify(blocks[1]).matchAll(/"value":"(AV-\d+)"/g)].map(([, id]) => id);
    expect(values).toHaveLength(100);
    expect(values[0]).toBe("AV-200");
    expect(JSON.stringify(blocks[1])).not.toContain("initial_option");
    expect(printBlocks([blocks[2]])).toEqual([
      "~ These are the newest 100. For an older one, drop the files into the thread of its card.",
    ]);
  });

  it("is read as it was written, and nothing else is", () => {
    const { private_metadata = "" } = form({ message: { channel: "C1", ts: "2.2", thread: "1.1" } });
    const values = (id: string) => ({ request: { value: { selected_option: { value: id } } } });
    const read = (id: string) => readAttachForm({ private_metadata, state: { values: values(id) } });
    expect(read("AV-12")).toEqual({ id: "AV-12", channel: "C1", ts: "2.2", thread: "1.1" });
    expect(() => read("everything")).toThrow();
  });
});

describe("the answer about files that were posted elsewhere", () => {
  const files = [LETTER, UPLOADING, VIDEO, REFUSED].map(elsewhere);

  it("says what became of each, and where the request is", () => {
    const c = ada({ materials: files });
    expect(print(addedAnswer(c, "10.1", { isNew: true, link }, view()))).toMatchInlineSnapshot(`
      "text: *Added to <https://team.slack.example.com/archives/C0STUDIO/p1|AV-12 · ada>*
      *Added to <https://team.slack.example.com/archives/C0STUDIO/p1|AV-12 · ada>*
      • consent Ada.pdf: authorization letter, taken.
      • take-3.mp4: footage, on its way.
      • clip.mp4: is it the authorization video or the footage? The thread asks, and you can answer there.
      • take-1.avi: not taken; a private message says why.
      ~ AV-12 · *Taking in take-3.mp4* — nothing more to drop"
    `);
  });

  it("says that they were there already, or that none was taken", () => {
    const [letter] = files;
    const known = addedAnswer(ada({ materials: letter ? [letter] : [] }), "10.1", { isNew: false, link }, view());
    expect(known.text).toBe(`*In <${link}|AV-12 · ada> already*, so nothing was done twice`);
    const refused = ada({ materials: [elsewhere(REFUSED)] });
    const none = addedAnswer(refused, "10.1", { isNew: true, link: undefined }, view());
    expect(none.text).toBe("*Nothing was added to AV-12 · ada*");
    expect(print(none)).toContain("• take-1.avi: not taken; a private message says why.");
    const again = addedAnswer(refused, "10.1", { isNew: false, link: undefined }, view());
    expect(again.text).toBe(none.text);
    expect(print(again)).toContain("*take-1.avi* from <@U0CAROL>: It is a");
  });

  it("says how to get the form after all", () => {
    expect(print(addFormExpiredAnswer(en))).toContain("Use _Add to a request_ at the message again");
  });

  it("says there, and not in the request's thread, why a file was refused", () => {
    const refused = elsewhere(REFUSED);
    const c = ada({ materials: [refused] });
    const what = { type: "file-refused", material: refused.id } as const;
    expect(noticeDelivery(c, notice(what)).elsewhere).toEqual({ channel: "C0LOUNGE", thread: "9.9" });
    expect(noticeDelivery(ada({ materials: [REFUSED] }), notice(what)).elsewhere).toBeUndefined();
    expect(print(told(c, what)).split("\n").at(-1)).toBe(
      "~ It was added to *AV-12 · ada*. Drop a better one into the thread of its card, or post it and use _Add to a request_ again.",
    );
  });
});
