import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import { useAgent } from "request-filtering-agent";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxSlack } from "../../../../sandbox/slack/server.ts";
import { startSlack } from "../../../../sandbox/slack/server.ts";
import type { FilmShelfOptions } from "../../../../src/bot/files/film-shelf.ts";
import { slackFilms } from "../../../../src/bot/files/film-shelf.ts";
import { slackClients } from "../../../../src/bot/slack/clients.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { systemClock } from "../../../../src/ops/clock.ts";
import { customization } from "../../../fixtures/customization-fixture.ts";
import { recordingLog } from "../../../twins/recording-log.ts";

const FILM = Buffer.alloc(300_000, 7);
const servers: Array<() => Promise<void>> = [];
const place: { slack?: SandboxSlack; channel?: string } = {};

beforeEach(async () => {
  const slack = await startSlack();
  const alice = slack.addUser({ name: "alice" });
  Object.assign(place, { slack, channel: slack.addChannel({ name: "avatars", kind: "public", members: [alice] }) });
});
afterEach(async () => {
  await Promise.all([place.slack?.close(), ...servers.splice(0).map((close) => close())]);
});

/** A server of films. @returns its host */
async function films(serve: RequestListener): Promise<string> {
  const server = createServer(serve);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

const whole: RequestListener = (_, response) =>
  void response.writeHead(200, { "content-type": "video/mp4", "content-length": FILM.length }).end(FILM);

function shelf(hosts: readonly string[] = []) {
  const { slack, channel = "" } = place;
  if (!slack) throw new Error("no Slack");
  const clients = slackClients({ token: slack.botToken, slackApiUrl: slack.apiUrl, log: recordingLog() });
  const title: FilmShelfOptions["title"] = async (c, what) => en.notices.filmTitle(c.name, what);
  const options = { slack: clients, clock: systemClock, token: slack.botToken, slackApiUrl: slack.apiUrl, title };
  const agent = ({ href }: URL) => useAgent(href);
  return { slack, channel, films: slackFilms({ ...options, hosts, agent }) };
}

const { signal } = new AbortController();

describe("a film at the vendor's own host", () => {
  it("is streamed into Slack and shown in a thread under a name that people understand", async () => {
    const host = await films(whole);
    const { slack, channel, films: own } = shelf([host]);
    await slack.person(slack.addUser({ name: "bob" })).openHome();
    const answer = await own.upload(`http://${host}/demo/7/one.mp4?sign=secret`, signal);
    const file = answer.type === "uploaded" ? answer.file : "";
    expect(slack.messages(channel)).toEqual([]);
    const root = await shelfRoot(slack, channel);
    expect(await own.isShared(file, channel).catch(() => false)).toBe(false);
    await own.share(customization(), { type: "demo", round: 2 }, [file], { channel, thread: root });
    expect(slack.messages(channel, root).at(-1)).toMatchObject({
      subtype: "file_share",
      user: slack.botUserId,
      files: [{ id: file, name: "one.mp4", title: "Demo 2 of Anchor-1", mimetype: "video/mp4", size: FILM.length }],
    });
    expect(await own.isShared(file, channel)).toBe(true);
  });

  it.each<[string, RequestListener]>([
    ["no-size", (_, response) => void response.writeHead(200, { "content-type": "video/mp4" }).end(FILM)],
    [
      "too-large",
      (_, r) => void r.writeHead(200, { "content-type": "video/mp4", "content-length": 525e6 }).flushHeaders(),
    ],
    ["not-a-film", (_, r) => void r.writeHead(200, { "content-type": "text/html", "content-length": 4 }).end("oops")],
    [
      "not-a-film",
      (_, r) => void r.writeHead(200, { "content-type": "application/pdf", "content-length": 4 }).end("%PDF"),
    ],
    ["gone", (_, response) => void response.writeHead(404).end()],
    ["address", (_, r) => void r.writeHead(302, { location: "http://127.0.0.1:9/one.mp4" }).end()],
    ["address", (_, r) => void r.writeHead(302, { location: "https://127.0.0.1:9/one.mp4" }).end()],
  ])("stays there where it is %s", async (because, serve) => {
    const host = await films(serve);
    const { slack, films: own } = shelf([host]);
    expect(await own.upload(`http://${host}/one.mp4`, signal)).toEqual({ type: "kept", because });
    expect(slack.calls.map(({ method }) => method)).not.toContain("files.getUploadURLExternal");
  });

  it("is tried again after a signature that has expired, a server's trouble or a broken download", async () => {
    const host = await films((_, response) => void response.writeHead(403).end());
    await expect(shelf([host]).films.upload(`http://${host}/one.mp4`, signal)).rejects.toMatchObject({
      code: "source-unreachable",
    });
    const cut = await films((_, response) => {
      response.writeHead(200, { "content-type": "video/mp4", "content-length": FILM.length });
      response.write(FILM.subarray(0, 100_000), () => response.destroy());
    });
    await expect(shelf([cut]).films.upload(`http://${cut}/one.mp4`, signal)).rejects.toBeInstanceOf(Error);
  });

  it("is tried again after Slack's trouble, and not after its no", async () => {
    const host = await films(whole);
    const { slack, films: own } = shelf([host]);
    slack.faults.plan("upload", { type: "status", status: 503 });
    await expect(own.upload(`http://${host}/one.mp4`, signal)).rejects.toMatchObject({ code: "slack-unreachable" });
    slack.faults.plan("files.getUploadURLExternal", { type: "code", code: "file_uploads_disabled" });
    await expect(own.upload(`http://${host}/one.mp4`, signal)).rejects.toMatchObject({ code: "slack-refused" });
  });
});

describe("a film anywhere else", () => {
  it.each([
    ["without https", (host: string) => `http://${host}/one.mp4`],
    ["inside our own network", (host: string) => `https://${host}/one.mp4`],
    ["by a name for this machine", () => "https://localhost:9/one.mp4"],
    ["with a name and password", () => "https://me:secret@example.com/one.mp4"],
    ["at what is no address", () => "not a link"],
  ])("%s is not fetched", async (_what, link) => {
    const asked: string[] = [];
    const host = await films((request) => void asked.push(request.url ?? ""));
    expect(await shelf().films.upload(link(host), signal)).toEqual({ type: "kept", because: "address" });
    expect(asked).toEqual([]);
  });
});

async function shelfRoot(slack: SandboxSlack, channel: string): Promise<string> {
  const clients = slackClients({ token: slack.botToken, slackApiUrl: slack.apiUrl, log: recordingLog() });
  return String((await clients.posts.chat.postMessage({ channel, text: "the card" })).ts);
}
