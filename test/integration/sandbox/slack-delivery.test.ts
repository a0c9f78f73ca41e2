import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { listenHere } from "../../fixtures/loopback.ts";

const Frame = z.looseObject({
  type: z.string(),
  envelope_id: z.string().optional(),
  reason: z.string().optional(),
  retry_attempt: z.number().optional(),
  retry_reason: z.string().optional(),
  accepts_response_payload: z.boolean().optional(),
  payload: z.looseObject({ event_id: z.string().optional() }).optional(),
});

const ACK_MS = 3000;

interface Wait {
  readonly delayMs: number;
  readonly run: () => void;
}

/** Time-outs and retries wait until the test lets them. */
class Waits {
  readonly all = new Set<Wait>();
  readonly schedule = (delayMs: number, run: () => void) => {
    const wait = { delayMs, run };
    this.all.add(wait);
    return () => this.all.delete(wait);
  };
  get retries(): Wait[] {
    return [...this.all].filter(({ delayMs }) => delayMs !== ACK_MS);
  }
  /** Nobody acknowledged for three seconds. */
  timeOut(): void {
    for (const wait of [...this.all].filter(({ delayMs }) => delayMs === ACK_MS)) this.#fire(wait);
  }
  retry(): number | undefined {
    const [first] = this.retries;
    if (first) this.#fire(first);
    return first?.delayMs;
  }
  #fire(wait: Wait): void {
    this.all.delete(wait);
    wait.run();
  }
}

let slack: SandboxSlack;
let alice: Person;
let channel: string;
let waits: Waits;

async function start(mode: "socket" | "http"): Promise<void> {
  waits = new Waits();
  slack = await startSlack({ mode, schedule: waits.schedule });
  alice = slack.person(slack.addUser({ name: "alice" }));
  channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice.id] });
}
afterEach(() => slack.close());

async function linkUrl(): Promise<string> {
  const headers = { authorization: `Bearer ${slack.appToken}` };
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, { method: "POST", headers });
  return z.object({ ok: z.literal(true), url: z.string() }).parse(await response.json()).url;
}

async function connect(acks: boolean) {
  const socket = new WebSocket(await linkUrl());
  const frames: z.infer<typeof Frame>[] = [];
  socket.on("message", (data) => {
    const frame = Frame.parse(JSON.parse(String(data)));
    frames.push(frame);
    if (acks && frame.envelope_id) socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
  });
  await slack.until(() => frames[0], "hello");
  return { socket, frames };
}

describe("sockets by hand", () => {
  beforeEach(() => start("socket"));

  it("send an event that nobody acknowledged again, to another socket", async () => {
    const [deaf, good] = [await connect(false), await connect(true)];
    expect([deaf, good].map((c) => c.frames[0]?.type)).toEqual(["hello", "hello"]);
    const posted = Promise.all([alice.post(channel, "a"), alice.post(channel, "b")]);
    const missed = await slack.until(() => deaf.frames[1], "the event that is not acknowledged");
    await slack.until(() => good.frames[1] && waits.all.size === 1, "the event that is acknowledged");
    waits.timeOut();
    await posted;
    expect(missed).toMatchObject({ type: "events_api", retry_attempt: 0, accepts_response_payload: false });
    const seen = good.frames.length;
    expect(waits.retry()).toBe(0);
    const again = await slack.until(() => good.frames[seen], "the retry");
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: "timeout" });
    expect(again.payload?.event_id).toBe(missed.payload?.event_id);
    expect(waits.retries).toEqual([]);
  });

  it("retry when the socket closes before it acknowledged, and then 1 and 5 minutes later", async () => {
    const deaf = await connect(false);
    const posted = alice.post(channel, "x");
    await slack.until(() => deaf.frames[1], "the event");
    const other = await connect(false);
    deaf.socket.terminate();
    await posted;
    const delays: (number | undefined)[] = [];
    for (let i = 0; i < 3; i += 1) {
      delays.push(waits.retry());
      await slack.until(() => other.frames[i + 1], "the retry");
      waits.timeOut();
      await slack.until(() => i === 2 || waits.retries.length === 1, "the next wait");
    }
    expect(delays).toEqual([0, 60_000, 300_000]);
    expect(other.frames.map((f) => f.retry_attempt)).toEqual([undefined, 1, 2, 3]);
  });

  it("lose events while nobody is connected, and fail what people do", async () => {
    expect(await alice.upload(channel, [{ name: "a.mp4", bytes: Buffer.from("x") }])).toMatchObject({
      ts: expect.any(String),
    });
    expect(waits.retries).toEqual([]);
    await expect(alice.command(channel, "/avatar new")).rejects.toThrow("operation_timeout");
    const deaf = await connect(false);
    const command = alice.command(channel, "/avatar new");
    await slack.until(() => deaf.frames[1], "the command");
    waits.timeOut();
    await expect(command).rejects.toThrow("operation_timeout");
    expect(slack.messages(channel)[0]).toMatchObject({ subtype: "file_share", files: [{ name: "a.mp4" }] });
  });

  it("open once per URL, ten at most, and say goodbye", async () => {
    const url = await linkUrl();
    const first = new WebSocket(url);
    await once(first, "open");
    const [refused] = await once(new WebSocket(url), "error");
    expect(String(refused)).toContain("404");
    for (let i = 0; i < 9; i += 1) await connect(true);
    expect(slack.connected()).toBe(10);
    const eleventh = await connect(true);
    expect(eleventh.frames[0]).toMatchObject({ type: "disconnect", reason: "too_many_websockets" });
    const told = new Promise((resolve) =>
      first.on("message", (data) => resolve(Frame.parse(JSON.parse(String(data))))),
    );
    slack.disconnectSoon();
    expect(slack.connected()).toBe(0);
    expect(await told).toMatchObject({ type: "disconnect", reason: "refresh_requested" });
    const cut = await connect(true);
    const closed = once(cut.socket, "close");
    slack.dropSockets();
    await closed;
  });

  it("meet faults of delivery", async () => {
    const { frames } = await connect(true);
    slack.faults.plan("event", { type: "lost-answer" });
    await alice.post(channel, "twice");
    expect(waits.retry()).toBe(0);
    await slack.until(() => frames.length === 3, "hello and the event twice");
    slack.faults.plan("event", { type: "status", status: 500 });
    await alice.post(channel, "never");
    expect(waits.retries).toEqual([]);
    slack.faults.plan("interaction", { type: "reset" });
    await expect(alice.globalShortcut("x")).rejects.toThrow("operation_timeout");
    expect(frames).toHaveLength(3);
  });
});

describe("signed HTTP by hand", () => {
  beforeEach(() => start("http"));

  async function listen(
    answer: (headers: Record<string, unknown>) => { status: number; headers?: Record<string, string> },
  ) {
    const seen: Record<string, unknown>[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      request.resume();
      const { status, headers } = answer(request.headers);
      response.writeHead(status, headers ?? {});
      response.end();
    });
    slack.setEventsUrl(`${await listenHere(server)}/slack/events`);
    return { seen, stop: () => server.close() };
  }

  it("retries at once, after one minute and after five, saying why", async () => {
    const { seen, stop } = await listen(() => ({ status: 500 }));
    await alice.post(channel, "x");
    const delays: (number | undefined)[] = [];
    for (let i = 0; i < 3; i += 1) {
      await slack.until(() => waits.retries.length > 0, "a retry");
      delays.push(waits.retry());
    }
    await slack.until(() => seen.length === 4, "four attempts");
    expect(delays).toEqual([0, 60_000, 300_000]);
    expect(seen.map((h) => h["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
    expect(seen[1]).toMatchObject({ "x-slack-retry-reason": "http_error" });
    await expect(alice.globalShortcut("x")).rejects.toThrow("operation_timeout");
    stop();
  });

  it("stops when the app says x-slack-no-retry", async () => {
    const { seen, stop } = await listen(() => ({ status: 500, headers: { "x-slack-no-retry": "1" } }));
    await alice.post(channel, "x");
    expect([seen.length, waits.retries.length]).toEqual([1, 0]);
    stop();
  });

  it("retries when nobody listens, and disables Socket Mode", async () => {
    slack.setEventsUrl("http://127.0.0.1:1/slack/events");
    await alice.post(channel, "x");
    expect(waits.retries).toMatchObject([{ delayMs: 0 }]);
    const { frames } = await connect(true);
    expect(frames).toMatchObject([{ type: "disconnect", reason: "link_disabled" }]);
  });
});
