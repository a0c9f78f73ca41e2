import { request } from "node:http";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { startSocketApp } from "./slack-bolt-app.ts";

const Answer = z.looseObject({ ok: z.boolean().optional(), id: z.string().optional(), error: z.string().optional() });

let slack: SandboxSlack;
let alice: string;
let channel: string;

beforeEach(async () => {
  slack = await startSlack();
  alice = slack.addUser({ name: "alice" });
  channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice] });
});
afterEach(() => slack.close());

async function post(path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(slack.url + path, { method: "POST", body, headers });
  return { status: response.status, ...Answer.parse(await response.json()) };
}
const act = (action: string, ask: object) => post(`/sandbox/people/${alice}/${action}`, JSON.stringify(ask));

it("lets people act over HTTP: post, command, click, upload in two steps", async () => {
  const { app, stop } = await startSocketApp(slack);
  app.command("/avatar", async ({ ack, respond }) => {
    await ack();
    const button = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
    await respond({ response_type: "in_channel", text: "card", blocks: [{ type: "actions", elements: [button] }] });
  });
  const clicks: string[] = [];
  app.action("go", async ({ ack, body }) => {
    await ack();
    clicks.push(body.user.id);
  });
  expect(await act("command", { channel, line: "/avatar new" })).toMatchObject({ ok: true });
  const card = await slack.until(() => slack.messages(channel)[0], "the card");
  expect(await act("click", { where: { channel, ts: card.ts }, label: "Go" })).toMatchObject({ ok: true });
  await slack.until(() => clicks.length === 1, "the click");
  const bytes = new Uint8Array([1, 2, 3]);
  const ids = await Promise.all(["a.mp4", "b.mp4"].map((name) => post(`/sandbox/files?name=${name}`, bytes)));
  const ask = { channel, files: ids.map(({ id }) => id), threadTs: card.ts, text: "two" };
  expect(await act("upload", ask)).toMatchObject({ ok: true, fileIds: [expect.any(String), expect.any(String)] });
  expect(await act("post", { channel, text: "hi", threadTs: card.ts })).toMatchObject({ ok: true });
  expect(slack.messages(channel, card.ts)).toMatchObject([
    { text: "card" },
    { text: "two", files: [{ name: "a.mp4", size: 3 }, { name: "b.mp4" }] },
    { text: "hi" },
  ]);
  const state = await (await fetch(`${slack.url}/sandbox/state`)).json();
  expect(state).toMatchObject({ connected: 2, people: [{ id: alice, views: [], home: null, privates: [] }] });
  await stop();
});

it("finds the newest form, a thread by its words and a button there, once they are there", async () => {
  const { app, stop } = await startSocketApp(slack);
  const clicks: string[] = [];
  app.shortcut("ask", async ({ ack, client, body }) => {
    await ack();
    const element = { type: "plain_text_input" as const, action_id: "name" };
    const input = { type: "input" as const, label: { type: "plain_text" as const, text: "Name" }, element };
    const title = { type: "plain_text" as const, text: "Ask" };
    const view = { type: "modal" as const, callback_id: "asked", title, submit: title, blocks: [input] };
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.view("asked", async ({ ack, client }) => {
    await ack();
    const card = await client.chat.postMessage({ channel, text: "AV-1 · Mei" });
    const button = { type: "button" as const, action_id: "go", text: { type: "plain_text" as const, text: "Go" } };
    const blocks = [{ type: "actions" as const, elements: [button] }];
    await client.chat.postMessage({ channel, text: "Ready?", thread_ts: card.ts ?? "", blocks });
  });
  app.action("go", async ({ ack, body }) => {
    await ack();
    clicks.push(body.user.id);
  });
  await act("shortcut", { callbackId: "ask" });
  expect(await act("submit", { values: { Name: "Mei" } })).toMatchObject({ ok: true });
  await post("/sandbox/files?name=a.mp4", new Uint8Array([1]));
  expect(await act("upload", { channel, thread: "Mei" })).toMatchObject({ ok: true });
  expect(await act("upload", { channel, thread: "Mei" })).toMatchObject({ error: /^no file is staged/ });
  expect(await act("click", { where: { channel, thread: "Mei" }, label: "Go" })).toMatchObject({ ok: true });
  await slack.until(() => clicks.length === 1, "the click");
  expect(slack.messages(channel, slack.messages(channel)[0]?.ts).map((m) => m.files?.length ?? m.text)).toEqual([
    "AV-1 · Mei",
    "Ready?",
    1,
  ]);
  expect(slack.acts.map(({ did }) => did)).toEqual(["uses the shortcut ask", "sends “Ask”: Name Mei", "presses Go"]);
  await stop();
});

it.each([
  ["command", { channel: "C1", text: "/avatar" }, '"text" is not known; needs "line"'],
  ["click", { where: { chanel: "C1" }, label: "Go" }, '"chanel" is not known'],
  ["click", { where: { channel: "C1" }, label: "Go" }, 'needs "where.ts" or "where.thread"'],
  ["submit", { values: { Name: 1 } }, '"values.Name": Invalid input'],
  ["post", [], "the body is not JSON object"],
])("says in one line what is wrong with %s %j", async (action, ask, error) => {
  const answer = await act(action, ask);
  expect(answer).toMatchObject({ status: 400, ok: false });
  expect(answer.error?.split("; ").sort().join("; ")).toBe(error);
});

it("refuses strangers, foreign pages and foreign host names", async () => {
  const ask = JSON.stringify({ channel, text: "x" });
  const path = `/sandbox/people/${alice}/post`;
  expect(await post(path, ask, { origin: "https://evil.example" })).toMatchObject({ status: 403 });
  expect(await post(path, ask, { origin: slack.url })).toMatchObject({ status: 415, error: "not_json" });
  const json = { origin: slack.url, "content-type": "application/json" };
  expect(await post(path, ask, json)).toMatchObject({ status: 200 });
  expect(await post(path, ask, { ...json, "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
  expect(await post("/sandbox/people/U404/post", ask)).toMatchObject({ status: 400, error: "no person U404 here" });
  expect(await act("fly", {})).toMatchObject({
    status: 400,
    error: expect.stringMatching(/^nobody can fly: there are command, /),
  });
  expect(await act("upload", { channel, files: ["/etc/passwd"] })).toMatchObject({
    error: "no staged file /etc/passwd",
  });
  const status = await new Promise((resolve, reject) => {
    const headers = { host: "evil.example" };
    request(slack.url + path, { method: "POST", headers }, (response) => resolve(response.statusCode))
      .on("error", reject)
      .end(ask);
  });
  expect(status).toBe(403);
});
