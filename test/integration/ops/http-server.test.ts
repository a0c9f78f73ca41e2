import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { startHttpServer } from "../../../src/ops/http-server.ts";

describe("the http server", () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function start(health: { isReady?: boolean; slack?: () => RequestListener | undefined }) {
    const current = { isReady: health.isReady ?? false };
    const server = await startHttpServer("127.0.0.1", 0, {
      isReady: () => current.isReady,
      slackEvents: health.slack,
    });
    open.push(server.close);
    const get = async (path: string, method = "GET") => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
      return [response.status, await response.text()];
    };
    return { current, get, port: server.port };
  }

  it("is alive at once, and ready when it is", async () => {
    const { current, get } = await start({});
    expect(await get("/livez")).toEqual([200, "alive\n"]);
    expect(await get("/readyz")).toEqual([503, "not ready\n"]);
    current.isReady = true;
    expect(await get("/readyz")).toEqual([200, "ready\n"]);
    current.isReady = false;
    expect(await get("/readyz?from=probe")).toEqual([503, "not ready\n"]);
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
    const { get } = await start({ isReady: true });
    expect((await get("/slack/events", "POST"))[0]).toBe(404);
    expect((await get("/"))[0]).toBe(404);
    expect((await get("/livez/more"))[0]).toBe(404);
  });

  it("says what to do when its address is taken, or is none of this machine", async () => {
    const { port } = await start({});
    const listen = (host: string) => startHttpServer(host, port, { isReady: () => true, slackEvents: undefined });
    await expect(listen("127.0.0.1")).rejects.toThrow(`PORT ${port} is in use by another program: stop it or set PORT`);
    await expect(listen("192.0.2.1")).rejects.toThrow("HOST 192.0.2.1 is no address of this machine: set HOST");
  });
});
