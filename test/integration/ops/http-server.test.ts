import { once } from "node:events";
import { get } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Pages } from "../../../src/ops/http-server.ts";
import { startHttpServer } from "../../../src/ops/http-server.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const PAGES: Pages = {
  problems: async () => [],
  metrics: async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" }),
  slackEvents: undefined,
};

/** fetch sends no Host of one's own choice. */
async function statusByHost(port: number, host: string): Promise<number | undefined> {
  const request = get({ port, path: "/metrics", headers: { host } });
  const [response] = await once(request, "response");
  response.resume();
  return response.statusCode;
}

describe("the http server", () => {
  async function start(pages: Partial<Pages> = {}) {
    const options = { host: "127.0.0.1", port: 0, log: recordingLog() };
    const { port, close } = await startHttpServer({ ...options, pages: { ...PAGES, ...pages } });
    onTestFinished(close);
    const get = async (path: string, method = "GET", headers: Record<string, string> = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
      return [response.status, await response.text()];
    };
    return { get, port };
  }

  it("is alive at once, ready when nothing keeps it from being so, and else says what", async () => {
    const current = { problems: ["slack: away", "ticks: late"] };
    const { get } = await start({ problems: async () => current.problems });
    expect(await get("/livez")).toEqual([200, "alive\n"]);
    expect(await get("/readyz")).toEqual([503, "not ready\nslack: away\nticks: late\n"]);
    current.problems = [];
    expect(await get("/readyz?from=probe")).toEqual([200, "ready\n"]);
  });

  it("checks once for all who ask at the same time", async () => {
    const asked = { times: 0, answer: (_problems: string[]): void => undefined };
    const problems = (): Promise<string[]> =>
      new Promise((resolve) => {
        asked.times += 1;
        asked.answer = resolve;
      });
    const { get } = await start({ problems });
    const answers = [get("/readyz"), get("/readyz"), get("/livez")];
    await answers[2];
    asked.answer([]);
    expect(await Promise.all(answers)).toEqual([
      [200, "ready\n"],
      [200, "ready\n"],
      [200, "alive\n"],
    ]);
    expect(asked.times).toBe(1);
  });

  it("has metrics for neighbours, and none for whoever comes from outside", async () => {
    const { get, port } = await start({ publicHost: "127.0.0.1:1" });
    expect(await get("/metrics")).toEqual([200, "up 1\n"]);
    expect(await get("/metrics", "GET", { "X-Forwarded-For": "203.0.113.7" })).toEqual([404, "not found\n"]);
    const byPublicName = await start({ publicHost: `127.0.0.1:${port}` });
    expect(await statusByHost(byPublicName.port, `127.0.0.1:${port}`)).toBe(404);
    expect(await statusByHost(byPublicName.port, "bot.internal")).toBe(200);
  });

  it("hands Slack's requests over in HTTP mode, once there is somebody to take them", async () => {
    const taking: { by?: ReturnType<NonNullable<Pages["slackEvents"]>> } = {};
    const { get } = await start({ slackEvents: () => taking.by });
    expect(await get("/slack/events", "POST")).toEqual([503, "not ready\n"]);
    taking.by = { accepts: () => true, handle: (req, res) => res.end(`${req.method} taken`) };
    expect(await get("/slack/events", "POST")).toEqual([200, "POST taken"]);
    for (const method of ["GET", "PUT", "DELETE"]) expect((await get("/slack/events", method))[0]).toBe(405);
  });

  it("knows nothing else, nor Slack's requests in Socket Mode", async () => {
    const { get } = await start({});
    expect((await get("/slack/events", "POST"))[0]).toBe(404);
    expect((await get("/"))[0]).toBe(404);
    expect((await get("/livez/more"))[0]).toBe(404);
  });

  it("says what to do when its address is taken, or is none of this machine", async () => {
    const { port } = await start({});
    const listen = (host: string) => startHttpServer({ host, port, pages: PAGES, log: recordingLog() });
    await expect(listen("127.0.0.1")).rejects.toThrow(`PORT ${port} is in use by another program: stop it or set PORT`);
    await expect(listen("192.0.2.1")).rejects.toThrow("HOST 192.0.2.1 is no address of this machine: set HOST");
  });
});
