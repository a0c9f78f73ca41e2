import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startSlack } from "../../../sandbox/slack/server.ts";
import { isHarmlessRejection, sockets } from "../../../src/bot/slack/sockets.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { botBench, openByForm, startBot, toldTo } from "./bot-bench.ts";

/** What nobody has handled, kept from ending the test run. */
function unhandled(): unknown[] {
  const reasons: unknown[] = [];
  const others = process.listeners("unhandledRejection");
  const keep = (reason: unknown): void => void reasons.push(reason);
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", keep);
  onTestFinished(() => {
    process.removeListener("unhandledRejection", keep);
    for (const listener of others) process.on("unhandledRejection", listener);
  });
  return reasons;
}

describe("Socket Mode", () => {
  it("has a second connection, opened later, that receives while the first is renewed", async () => {
    const b = await botBench({ secondSocketAfterMs: 100 });
    expect(b.slack.connected()).toBe(1);
    b.slack.disconnectSoon();
    await b.slack.until(() => b.slack.connected() === 0, "the first being renewed, which takes five seconds");
    await b.slack.until(() => b.slack.connected() === 1, "the second");
    await b.eve.command(b.channel, "/avatar help");
    await toldTo(b, b.eve, "/avatar new");
    expect(b.slack.connected()).toBe(1);
  });

  it("says when nothing could be received for a while", async () => {
    const gaps = vi.fn();
    const b = await botBench({ onReconnected: gaps });
    expect(b.app.ready()).toBe(true);
    b.slack.dropSockets();
    await vi.waitFor(() => expect(b.app.ready()).toBe(false));
    expect(gaps).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(b.app.ready()).toBe(true), 15_000);
    expect(gaps).toHaveBeenCalledOnce();
  });

  it("does not count as connected once nothing was heard for a minute, until something is", async () => {
    const slack = await startSlack();
    const time = { ms: Date.now() };
    const clock = { ...systemClock, now: () => time.ms };
    const options = { appToken: slack.appToken, slackApiUrl: slack.apiUrl, secondSocketAfterMs: 3_600_000 };
    const both = sockets({ ...options, log: recordingLog(), clock, onReconnected: () => undefined });
    expect(both.isAlive()).toBe(false);
    await both.start();
    onTestFinished(() => slack.close());
    onTestFinished(() => both.stop());
    expect(both.isAlive()).toBe(true);
    time.ms += 60_000;
    expect(both.isAlive()).toBe(false);
    // The client pings Slack every few seconds, and Slack answers.
    await vi.waitFor(() => expect(both.isAlive()).toBe(true));
    time.ms += 60_000;
    both.receivers[0].client.emit("ws_message", JSON.stringify({ type: "anything" }), false);
    expect(both.isAlive()).toBe(true);
  });

  it("survives Slack's word that the app is limited", async () => {
    const reasons = unhandled();
    const options = { appToken: "xapp-1-test", slackApiUrl: "http://127.0.0.1:9/api/", secondSocketAfterMs: 0 };
    const [log, clock] = [recordingLog(), systemClock];
    const [{ client }] = sockets({ ...options, log, clock, onReconnected: () => undefined }).receivers;
    const limited = { type: "events_api", payload: { type: "app_rate_limited", team_id: "T1" } };
    client.emit("ws_message", JSON.stringify(limited), false);
    await vi.waitFor(() => expect(reasons.map((reason) => isHarmlessRejection(reason, false))).toEqual([true]));
  });

  it("survives a stop in the middle of a reconnect", async () => {
    const reasons = unhandled();
    const b = await botBench();
    b.slack.dropSockets();
    await vi.waitFor(() => expect(b.app.ready()).toBe(false));
    await b.app.stop();
    expect(b.app.stopping()).toBe(true);
    await new Promise((later) => setImmediate(later));
    expect(reasons.filter((reason) => !isHarmlessRejection(reason, true))).toEqual([]);
  });

  it("does not start with tokens that Slack refuses", async () => {
    const reasons = unhandled();
    const slack = await startSlack();
    onTestFinished(() => slack.close());
    slack.faults.plan("auth.test", { type: "code", code: "invalid_auth" });
    await expect(startBot(slack)).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    slack.faults.plan("apps.connections.open", { type: "code", code: "invalid_auth" });
    await expect(startBot(slack)).rejects.toMatchObject({ data: { error: "invalid_auth" } });
    await new Promise((later) => setImmediate(later));
    expect(reasons).toEqual([]);
  });
});

describe("stopping", () => {
  it.each(["socket", "http"] as const)("waits for what was acknowledged (%s)", async (mode) => {
    const b = await botBench({ mode });
    const { card } = await openByForm(b);
    const get = b.store.get;
    const gate: { open?: () => void } = {};
    const opened = new Promise<void>((open) => {
      gate.open = open;
    });
    b.store.get = async (id) => {
      await opened;
      return get(id);
    };
    await b.alice.click({ channel: b.channel, ts: card }, "Cancel");
    const stopped = vi.fn();
    const stopping = b.app.stop().then(stopped);
    await new Promise((later) => setImmediate(later));
    expect(stopped).not.toHaveBeenCalled();
    expect(b.app.ready()).toBe(false);
    gate.open?.();
    await stopping;
    expect(await get("AV-1")).toMatchObject({ state: "cancelled" });
  });
});

describe("a harmless rejection", () => {
  const tripped = (stack: string): TypeError => {
    const error = new TypeError("Cannot read properties of undefined (reading 'type')");
    error.stack = stack;
    return error;
  };

  it.each([
    [undefined, true, true],
    [undefined, false, false],
    [tripped("at SocketModeClient.onWebSocketMessage (SocketModeClient.js:346:42)"), false, true],
    [tripped("at launch (src/flow/launch.ts:1:1)"), false, false],
    [new TypeError("onWebSocketMessage"), true, false],
    [new Error("disk on fire"), true, false],
    [null, true, false],
  ])("%s, stopping %s: %s", (reason, stopping, harmless) => {
    expect(isHarmlessRejection(reason, stopping)).toBe(harmless);
  });
});
