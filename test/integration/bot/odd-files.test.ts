import { describe, expect, it, vi } from "vitest";
import type { OddFile } from "../../../sandbox/slack/odd-files.ts";
import { catchUp } from "../../../src/flow/resume.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, MATERIAL, openByForm } from "./bot-bench.ts";

const LETTER = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };
const RECORDING = { name: "take.m4a", path: `${MATERIAL}/recording.m4a` };

async function firstMaterial(b: BotBench, state: string) {
  return vi.waitFor(async () => {
    const [m] = (await b.store.get("AV-1"))?.materials ?? [];
    if (m?.state !== state) throw new Error(`it is ${m?.state}: ${JSON.stringify(m?.refusal)}`);
    return m;
  });
}

describe("a file that arrives in another way", () => {
  it.each([
    ["audio-clip", RECORDING, { role: "reading", file: { name: "audio_message.m4a" } }],
    ["via-app", LETTER, { role: "identity-letter" }],
    ["scanned-late", LETTER, { role: "identity-letter" }],
  ] as const)("counts: %s", async (as, file, expected) => {
    const b = await botBench();
    const { card } = await openByForm(b, { Kind: as === "audio-clip" ? "ZERO_SHOT_VOICE" : "VOICE" });
    b.slack.knobs.nextFile = as;
    await b.alice.upload(b.channel, [file], { threadTs: card });
    const stored = expected.role === "reading" ? "checking" : "accepted";
    expect(await firstMaterial(b, stored)).toMatchObject(expected);
  });

  it.each<[OddFile, object]>([
    ["canvas", { type: "not-a-file", is: "canvas" }],
    ["list", { type: "not-a-file", is: "list" }],
    ["email", { type: "not-a-file", is: "email" }],
    ["withheld", { type: "file-not-shared" }],
    ["denied", { type: "file-not-shared" }],
    ["external", { type: "external-file" }],
  ])("is refused for what it is, after one look: %s", async (as, refusal) => {
    const b = await botBench();
    const { card } = await openByForm(b);
    b.slack.knobs.nextFile = as;
    await b.alice.upload(b.channel, [LETTER], { threadTs: card });
    expect(await firstMaterial(b, "refused")).toMatchObject({ refusal });
    expect(b.slack.calls.filter(({ method }) => method === "files.info")).toHaveLength(1);
    expect(b.slack.knobs.nextFile).toBeUndefined();
  });
});

describe("a forwarded message", () => {
  it("brings its files as if whoever forwards it had dropped them, once, also when it is read again", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    const lounge = b.slack.addChannel({
      name: "lounge",
      kind: "public",
      members: [b.alice.id, b.eve.id],
      botIsMember: false,
    });
    const { ts } = await b.eve.upload(lounge, [LETTER], { text: "signed" });
    await b.alice.forward({ channel: lounge, ts }, b.channel, { threadTs: card, text: "the letter" });
    await b.slack.redeliver({ last: "message", times: 2, newEventIds: true });
    expect(await firstMaterial(b, "accepted")).toMatchObject({
      role: "identity-letter",
      file: { by: b.alice.id, caption: "the letter" },
    });
    await catchUp(b.ports, b.transfers);
    await b.jobs.idle();
    expect((await b.store.get("AV-1"))?.materials).toHaveLength(1);
    expect(b.vault.relayed).toHaveLength(1);
  });

  it("without files is just a message", async () => {
    const b = await botBench();
    const { card } = await openByForm(b);
    const ts = await b.eve.post(b.channel, "lunch?");
    await b.alice.forward({ channel: b.channel, ts }, b.channel, { threadTs: card });
    await b.jobs.idle();
    expect((await b.store.get("AV-1"))?.materials).toEqual([]);
    expect(b.alice.privates()).toEqual([]);
  });
});
