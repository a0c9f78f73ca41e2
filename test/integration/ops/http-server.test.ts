import { once } from "node:events";
import type { RequestListener } from "node:http";
import { get } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { startHttpServer } from "../../../src/ops/http-server.ts";

const PAGES = {
  problems: async () => [],
  metrics: async () => ({ contentType: "text/plain", text: "" }),
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
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  interface Pages {
    problems?: readonly string[];
    publicHost?: string;
    slack?: () => RequestListener | undefined;
  }

  async function start({ problems = [], publicHost, slack }: Pages) {
    const current = { problems };
    const server = await startHttpServer("127.0.0.1", 0, {
      problems: async () => current.problems,
      metrics: async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" }),
      publicHost,
      slackEvents: slack,
    });
    open.push(server.close);
    const get = async (path: string, method = "GET", headers: Record<string, string> = {}) => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers });
      return [response.status, await response.text()];
    };
    return { current, get, port: server.port };
  }

  it("is alive at once, ready when nothing keeps it from being so, and else says what", async () => {
    const { current, get } = await start({ problems: ["slack: away", "ticks: late"] });
    expect(await get("/livez")).toEqual([200, "alive\n"]);
    expect(await get("/readyz")).toEqual([503, "not ready\nslack: away\nticks: late\n"]);
    current.problems = [];
    expect(await get("/readyz?from=probe")).toEqual([200, "ready\n"]);
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
    const taking: { by?: RequestListener } = {};
    const { get } = await start({ slack: () => taking.by });
    expect(await get("/slack/events", "POST")).toEqual([503, "not ready\n"]);
    taking.by = (req, res) => res.end(`${req.method} taken`);
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
    const listen = (host: string) => startHttpServer(host, port, PAGES);
    await expect(listen("127.0.0.1")).rejects.toThrow(`PORT ${port} is in use by another program: stop it or set PORT`);
    await expect(listen("192.0.2.1")).rejects.toThrow("HOST 192.0.2.1 is no address of this machine: set HOST");
  });
});
