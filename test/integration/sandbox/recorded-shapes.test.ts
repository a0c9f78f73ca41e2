import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { Upload } from "../../../sandbox/slack/files.ts";
import type { Person } from "../../../sandbox/slack/person.ts";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { startSlack } from "../../../sandbox/slack/server.ts";
import { callForm } from "./slack-call.ts";

const LETTER: Upload = { name: "letter.pdf", path: "sandbox/material/consent-letter.pdf" };
const eventSchema = z.looseObject({ event: z.looseObject({ type: z.string() }) });

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(`test/recorded/slack/${name}.json`, "utf8"));
}

/** The fields of what was recorded that the sandbox's own does not have, e.g. `event.files.0.mode`. */
function missingIn(own: unknown, theirs: unknown, path = ""): string[] {
  if (typeof theirs !== "object" || theirs === null) return [];
  return Object.entries(theirs).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key;
    if (typeof own !== "object" || own === null || !(key in own)) return [at];
    return missingIn(Object.entries(own).find(([name]) => name === key)?.[1], value, at);
  });
}

let slack: SandboxSlack;
let alice: Person;
let channel: string;
let events: z.infer<typeof eventSchema>[];

beforeEach(async () => {
  slack = await startSlack();
  onTestFinished(() => slack.close());
  alice = slack.person(slack.addUser({ name: "alice" }));
  channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice.id] });
  events = [];
  slack.watch((passing) => {
    const read = passing.type === "delivery" ? eventSchema.safeParse(passing.envelope.body) : undefined;
    if (read?.success) events.push(read.data);
  });
});

function sent(type: string): unknown {
  return events.findLast(({ event }) => event.type === type);
}

describe("the sandbox sends what was recorded of Slack", () => {
  it("in file_shared", async () => {
    await alice.upload(channel, [LETTER]);
    expect(missingIn(sent("file_shared"), recorded("event-file-shared"))).toEqual(["enterprise_id"]);
  });

  it("in a forwarded message, in its event and in the history", async () => {
    const { ts } = await alice.upload(channel, [LETTER]);
    await alice.forward({ channel, ts }, channel, { threadTs: ts, text: "again" });
    const theirs = recorded("event-forwarded-with-files");
    expect(missingIn(sent("message"), theirs)).toEqual([]);
    const [, reply] = slack.messages(channel, ts);
    expect(reply?.attachments).toMatchObject([{ is_share: true, files: [{ name: "letter.pdf" }] }]);
  });

  it("in a message of another app's file", async () => {
    const app = slack.person(slack.addUser({ name: "gdrive", standing: "app" }));
    slack.invite(channel, app.id);
    await app.upload(channel, [LETTER], { threadTs: await alice.post(channel, "here") });
    const theirs = recorded("event-file-share-of-another-bot");
    const missing = missingIn(sent("message"), theirs).filter((at) => !at.startsWith("_users"));
    expect(missing).toEqual(["event.upload", "event.display_as_bot"]);
  });

  it.each<[string, Partial<Upload>, string[]]>([
    ["voice-clip", { clip: "audio" }, ["file.duration_ms", "file.transcription"]],
    ["canvas", { mode: "quip" }, []],
    ["list", { mode: "list" }, []],
    ["file-access-without-mode", { fileAccess: "access_denied" }, []],
  ])("in files.info of a %s", async (name, upload, missing) => {
    const { fileIds } = await alice.upload(channel, [{ ...LETTER, ...upload }]);
    const own = await callForm(slack, "files.info", { file: fileIds[0] ?? "" });
    expect(missingIn(own, recorded(`files-info-${name}`))).toEqual(missing);
  });
});

it("forwards over HTTP, as the page does", async () => {
  const { ts } = await alice.upload(channel, [LETTER]);
  const answer = await fetch(`${slack.url}/sandbox/people/${alice.id}/forward`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from: { channel, ts }, channel, threadTs: ts }),
  });
  expect(await answer.json()).toMatchObject({ ok: true, ts: expect.any(String) });
  expect(slack.messages(channel, ts)).toHaveLength(2);
});
