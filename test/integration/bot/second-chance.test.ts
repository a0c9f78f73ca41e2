import { describe, expect, it, vi } from "vitest";
import type { Upload } from "../../../sandbox/slack/files.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, buttonsOf, MATERIAL, openByForm, startBot, toldTo } from "./bot-bench.ts";
import { patience } from "./patience.ts";

const LETTER: Upload = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };
const FOOTAGE: Upload = { name: "footage.mp4", path: `${MATERIAL}/footage-1080p.mp4` };

type Patient = BotBench & ReturnType<typeof patience>;

async function patientBench(): Promise<Patient> {
  const time = patience();
  return { ...(await botBench({ clock: time.clock })), ...time };
}

/** Lets the ten seconds pass once so many files are waited for, and the rest of the work end. */
async function passWith(b: Patient, waited: number): Promise<void> {
  await vi.waitFor(() => expect(b.waiting()).toBe(waited));
  b.pass();
  await b.jobs.idle();
}

async function dropUnheard(b: BotBench, files: Upload[], threadTs: string, text?: string): Promise<void> {
  b.slack.knobs.losesFileMessages = true;
  await b.alice.upload(b.channel, files, { threadTs, ...(text !== undefined && { text }) });
}

async function namesIn(b: BotBench): Promise<string[] | undefined> {
  return (await b.store.get("AV-1"))?.materials.map(({ file }) => file.name);
}

describe("files whose message does not come", () => {
  it("count ten seconds later, with the message's caption, read once", async () => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    await dropUnheard(b, [LETTER, FOOTAGE], card, "the letter and the footage");
    await passWith(b, 2);
    await vi.waitFor(async () =>
      expect((await b.store.get("AV-1"))?.materials).toMatchObject([
        { state: "accepted", role: "identity-letter", file: { caption: "the letter and the footage" } },
        { state: "accepted", role: "footage", file: { by: b.alice.id } },
      ]),
    );
    expect(b.slack.calls.filter(({ method, args }) => method === "conversations.replies" && args.oldest)).toHaveLength(
      1,
    );
  });

  it.each([
    ["the message", "message", false],
    ["the message, with another id", "message", true],
    ["file_shared", "file", false],
    ["file_shared, with another id", "file", true],
  ] as const)("count once when %s is delivered late and often", async (_what, last, newEventIds) => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    await dropUnheard(b, [LETTER], card);
    await passWith(b, 1);
    await b.slack.redeliver({ last, times: 3, newEventIds });
    await b.slack.redeliver({ last: "file", times: 2, newEventIds });
    await b.jobs.idle();
    expect(await namesIn(b)).toEqual(["letter.pdf"]);
    expect(b.waiting()).toBe(0);
    await vi.waitFor(() => expect(b.vault.relayed).toHaveLength(1));
  });

  it("count once when everything comes twice, and also after a restart", async () => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    b.slack.knobs.sendsTwice = true;
    await dropUnheard(b, [LETTER], card);
    await passWith(b, 1);
    await b.app.stop();
    const next = await startBot(b.slack, { clock: b.clock }, b.store);
    await b.slack.redeliver({ last: "file", times: 1, newEventIds: true });
    await vi.waitFor(() => expect(b.waiting()).toBe(1));
    b.pass();
    await b.slack.redeliver({ last: "message", times: 1, newEventIds: true });
    await next.jobs.idle();
    await next.app.stop();
    expect(await namesIn(b)).toEqual(["letter.pdf"]);
    expect([...b.vault.relayed, ...next.vault.relayed]).toHaveLength(1);
  });

  it("posted in the channel get their private hint", async () => {
    const b = await patientBench();
    await openByForm(b);
    b.slack.knobs.losesFileMessages = true;
    await b.alice.upload(b.channel, [LETTER]);
    await passWith(b, 1);
    const hint = await toldTo(b, b.alice, "Use it for AV-1");
    expect(buttonsOf(hint)).toEqual(["Use it for AV-1"]);
  });

  it("that are gone by then, or whose share Slack does not name, are nobody's fault", async () => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    b.slack.knobs.losesFileMessages = true;
    const { fileIds } = await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await vi.waitFor(() => expect(b.waiting()).toBe(1));
    b.slack.deleteFile(fileIds[0] ?? "");
    await passWith(b, 1);
    expect(await namesIn(b)).toEqual([]);
    b.slack.faults.plan("files.info", { type: "code", code: "internal_error" });
    await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    await passWith(b, 1);
    expect(b.log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("file_shared", () => {
  it("costs no call and no wait when the message comes, in either order", async () => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    const before = b.slack.calls.filter(({ method }) => method === "files.info").length;
    await b.alice.upload(b.channel, [{ ...LETTER, scanAfterLooks: 0 }], { threadTs: card });
    await b.jobs.idle();
    const looks = b.slack.calls.filter(({ method }) => method === "files.info").length - before;
    expect(b.waiting()).toBe(0);
    b.slack.knobs.losesFileMessages = true;
    await b.alice.upload(b.channel, [FOOTAGE], { threadTs: card });
    await vi.waitFor(() => expect(b.waiting()).toBe(1));
    await b.slack.redeliver({ last: "message", times: 1 });
    await b.jobs.idle();
    expect(b.waiting()).toBe(0);
    expect(b.slack.calls.filter(({ method }) => method === "files.info")).toHaveLength(before + 2 * looks);
  });

  it("of the bot's own files is ignored", async () => {
    const b = await patientBench();
    await openByForm(b);
    await b.slack.shareAsBot(b.channel, LETTER);
    await b.jobs.idle();
    expect(b.waiting()).toBe(0);
  });

  it("does not hold up a stop", async () => {
    const b = await patientBench();
    const { card } = await openByForm(b);
    await dropUnheard(b, [LETTER], card);
    await vi.waitFor(() => expect(b.waiting()).toBe(1));
    await b.app.stop();
    expect(b.waiting()).toBe(0);
  });
});
