import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { BotBench } from "./bot-bench.ts";
import { botBench, MATERIAL, openByForm } from "./bot-bench.ts";
import { patience } from "./patience.ts";
import type { SignedPayloads } from "./signed-payloads.ts";
import { signedPayloads } from "./signed-payloads.ts";

const LETTER = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };
const recordedSchema = z.looseObject({ event: z.looseObject({}) });

function recorded(name: string): z.infer<typeof recordedSchema> {
  return recordedSchema.parse(JSON.parse(readFileSync(`test/recorded/slack/${name}.json`, "utf8")));
}

interface Scene {
  readonly b: BotBench;
  readonly slack: SignedPayloads;
  readonly file: string;
  /** The message whose event was lost. */
  readonly ts: string;
  readonly place: { readonly channel: string; readonly thread_ts: string; readonly user: string; readonly ts: string };
  readonly time: ReturnType<typeof patience>;
}

/** A request, and a file in its thread of which the bot has heard nothing. */
async function scene(): Promise<Scene> {
  const time = patience();
  const b = await botBench({ mode: "http", clock: time.clock });
  const slack = await signedPayloads(b);
  const { card } = await openByForm(b);
  b.slack.knobs.losesFileMessages = true;
  const { ts, fileIds } = await b.alice.upload(b.channel, [LETTER], { threadTs: card });
  const place = { channel: b.channel, thread_ts: card, user: b.alice.id, ts };
  return { b, slack, file: fileIds[0] ?? "", ts, place, time };
}

async function expectTaken({ b, ts, file }: Scene): Promise<void> {
  await vi.waitFor(async () => {
    const materials = (await b.store.get("AV-1"))?.materials;
    expect(materials).toMatchObject([{ id: `${ts}/${file}`, state: "accepted", file: { by: b.alice.id } }]);
  });
}

describe("a recorded event through the real Bolt", () => {
  it.each([
    ["as recorded", {}],
    ["with a team that is empty", { team: "" }],
    ["with an organisation as the team", { user_team: "E0ORG", source_team: null }],
    ["without text and blocks", { text: null, blocks: null }],
    ["with an empty bot id", { bot_id: "", app_id: null }],
    ["with a subtype", { subtype: "file_share", files: null }],
  ])("a forwarded message brings its file: %s", async (_what, change) => {
    const s = await scene();
    const { event, ...envelope } = recorded("event-forwarded-with-files");
    const attachments = [{ is_share: true, is_msg_unfurl: true, files: [{ id: s.file, name: null, mode: "hosted" }] }];
    await s.slack.event({ ...envelope, event: { ...event, attachments, ...s.place, ...change } });
    await expectTaken(s);
  });

  it.each([
    ["as recorded", {}],
    ["with metadata that is no object", { metadata: "x" }],
    ["with a payload that is a list", { metadata: { event_type: "x", event_payload: [] } }],
    ["in which everything optional is odd", { text: 7, subtype: "file_share", attachments: {}, user_profile: [] }],
  ])("metadata without a payload hides no file: %s", async (_what, change) => {
    const s = await scene();
    const message = JSON.parse(readFileSync("test/recorded/slack/message-metadata-without-payload.json", "utf8"));
    const event = { type: "message", ...message, files: [{ id: s.file }], ...s.place, ...change };
    await s.slack.event({ ...recorded("event-forwarded-with-files"), event });
    await expectTaken(s);
  });

  it.each([
    ["as recorded", {}],
    ["without the person", { user_id: undefined }],
    ["with a person that is null", { user_id: null }],
    ["without the file's object", { file: undefined }],
  ])("file_shared is a second chance: %s", async (_what, change) => {
    const s = await scene();
    // The sandbox has announced it already; that this is awaited once is the point.
    const { event, ...envelope } = recorded("event-file-shared");
    await s.slack.event({ ...envelope, event: { ...event, file_id: s.file, channel_id: s.b.channel, ...change } });
    await vi.waitFor(() => expect(s.time.waiting()).toBe(1));
    s.time.pass();
    await expectTaken(s);
  });
});
