import { expect, it } from "vitest";
import { en } from "../../../src/bot/words/en.ts";
import { botBench, MATERIAL, openByForm, toldTo } from "./bot-bench.ts";

const LETTER = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };

it("*Add to a request* is for people of the request's channel alone, also where everybody sees it", async () => {
  const b = await botBench();
  const { card } = await openByForm(b);
  const lounge = b.slack.addChannel({ name: "lounge", kind: "public", members: [b.eve.id] });
  const { ts } = await b.eve.upload(lounge, [LETTER]);
  const formAt = async (message: string) => {
    await b.eve.messageShortcut("request_attach", lounge, message);
    return b.slack.until(() => b.eve.openViews().at(-1), "the form");
  };
  const form = await formAt(ts);
  b.slack.leave(b.channel, b.eve.id);
  await b.eve.submit(form.id, { Request: "AV-1" });
  await toldTo(b, b.eve, en.refusal({ type: "not-in-its-channel", id: "AV-1" }));
  const late = await formAt(ts);
  b.slack.faults.plan("conversations.members", { type: "code", code: "missing_scope" });
  await b.eve.submit(late.id, { Request: "AV-1" });
  await toldTo(b, b.eve, en.refusal({ type: "person-unknown" }));
  const { materials, offers } = (await b.store.get("AV-1")) ?? {};
  expect([materials, offers]).toEqual([[], undefined]);
  expect(b.slack.messages(b.channel, card)).toHaveLength(1);
});
