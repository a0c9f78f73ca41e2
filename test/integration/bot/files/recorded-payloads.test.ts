import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { WebClient } from "@slack/web-api";
import { describe, expect, it, onTestFinished } from "vitest";
import { slackFiles } from "../../../../src/bot/files/file-source.ts";
import { listenHere } from "../../../fixtures/loopback.ts";

type SlackFile = Readonly<Record<string, unknown>>;

function recorded(name: string): SlackFile {
  return JSON.parse(readFileSync(`test/recorded/slack/files-info-${name}.json`, "utf8")).file;
}

/** Looks at a file that Slack describes with this object; its bytes are `bytes`, and what is not asked for fails. */
async function lookAt(file: SlackFile, bytes: Uint8Array = new Uint8Array()) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    calls.push(url);
    if (url === "/api/files.info") response.setHeader("content-type", "application/json");
    if (url === "/api/files.info") response.end(JSON.stringify({ ok: true, file: here(file, base.url) }));
    else if (url.includes("/download/")) response.end(bytes);
    else response.writeHead(404).end();
  });
  onTestFinished(() => void server.close());
  const base = { url: await listenHere(server) };
  const slackApiUrl = `${base.url}/api/`;
  const reads = new WebClient("xoxb-1", { slackApiUrl, retryConfig: { retries: 0 } });
  const waits: number[] = [];
  const clock = { sleep: async (ms: number) => void waits.push(ms) };
  const looked = await slackFiles({ slack: { reads }, clock, token: "xoxb-1", slackApiUrl }).inspect("F1");
  return { looked, calls, waits };
}

/** On this machine instead of Slack's servers. */
function here(file: SlackFile, base: string): unknown {
  return JSON.parse(JSON.stringify(file).replaceAll("https://files.slack.com", base));
}

const CLIP = readFileSync("test/recorded/files/slack-clip-audio_message.m4a");
const FILM = readFileSync("sandbox/material/consent.mp4");

describe("a clip that was recorded in Slack", () => {
  it.each<[string, SlackFile, Uint8Array, string]>([
    ["of sound", {}, CLIP, "m4a"],
    ["of sound, by its display alone", { subtype: undefined }, CLIP, "m4a"],
    ["of sound, by its content alone", { subtype: undefined, media_display_type: undefined }, CLIP, "m4a"],
    ["of sound, before Slack has scanned it", { mimetype: "" }, CLIP, "m4a"],
    ["of pictures, by its display alone", { subtype: undefined, media_display_type: "video" }, FILM, "mp4"],
    ["of sound, declared as webm", { mimetype: "video/webm" }, CLIP, "m4a"],
    ["of pictures", { subtype: "slack_video", media_display_type: "video" }, FILM, "mp4"],
    [
      "of pictures, declared as sound",
      { subtype: "slack_video", media_display_type: "video", mimetype: "audio/mp4" },
      FILM,
      "mp4",
    ],
    ["with odd fields", { title: 7, size: CLIP.length, is_external: "no", subtype: 1, file_access: null }, CLIP, "m4a"],
  ])("%s", async (_what, change, bytes, format) => {
    const { looked, calls, waits } = await lookAt({ ...recorded("voice-clip"), size: bytes.length, ...change }, bytes);
    expect(looked).toMatchObject({ format });
    expect(waits).toEqual([]);
    // The other address is a transcoded copy.
    expect(calls.filter((url) => url.includes("files-tmb"))).toEqual([]);
  });
});

describe("what is no file says so, after one look", () => {
  it.each<[string, SlackFile, object]>([
    ["a canvas", recorded("canvas"), { is: "canvas" }],
    ["a list of 0 bytes", recorded("list"), { is: "list" }],
    ["a canvas of another mode", { ...recorded("canvas"), mode: "hosted" }, { is: "canvas" }],
    ["an email", { ...recorded("canvas"), mode: "email", mimetype: "text/html" }, { is: "email" }],
    ["a post", { ...recorded("canvas"), mode: "space", mimetype: "" }, { is: "post" }],
    [
      "a thing of next year",
      { ...recorded("list"), mode: "hologram", mimetype: "" },
      { is: "unknown", mode: "hologram" },
    ],
  ])("%s", async (_what, file, refusal) => {
    const { looked, calls } = await lookAt(file);
    expect(looked).toEqual({ type: "not-a-file", ...refusal });
    expect(calls).toEqual(["/api/files.info"]);
  });
});

describe("a file that Slack withholds is refused at once", () => {
  const stub = recorded("file-access-without-mode");
  it.each<[string, SlackFile, string]>([
    ["as recorded", stub, "file-not-shared"],
    ["to be asked for again", { ...stub, file_access: "check_file_info" }, "file-not-shared"],
    ["for a reason of next year", { ...stub, file_access: "because" }, "file-not-shared"],
    ["with its mode", { ...stub, mode: "file_access" }, "file-not-shared"],
    ["with another mode", { ...stub, mode: "hosted" }, "file-not-shared"],
    ["because it is gone", { ...stub, file_access: "file_not_found" }, "file-gone"],
    ["with an address", { ...recorded("canvas"), mode: "hosted", file_access: "access_denied" }, "file-not-shared"],
  ])("%s", async (_what, file, type) => {
    const { looked, calls, waits } = await lookAt(file);
    expect(looked).toEqual({ type });
    expect([calls, waits]).toEqual([["/api/files.info"], []]);
  });
});
