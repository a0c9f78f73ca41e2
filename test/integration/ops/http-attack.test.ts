import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { HttpLimits, SignedRequests } from "../../../src/ops/http-server.ts";
import { startHttpServer } from "../../../src/ops/http-server.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const NEVER_MS = 3_600_000;

/** Limits that no test reaches unless it sets its own. */
const PATIENT: HttpLimits = {
  headersMs: NEVER_MS,
  checkEveryMs: 10,
  connections: 1_000,
  waiting: 1_000,
  lingerMs: 0,
  slackEvents: { bytes: 1_000, ms: NEVER_MS, bytesTogether: 1_000_000 },
};

/** @param signed  stands in for Slack's signature */
const post = (headers: string, signed = true): string =>
  `POST /slack/events HTTP/1.1\r\nHost: bot\r\n${signed ? "X-Signed: yes\r\n" : ""}${headers}\r\n\r\n`;

describe("the http server under attack", () => {
  async function start(limits: Partial<HttpLimits> = {}) {
    const log = recordingLog();
    const bodies: string[] = [];
    const slack: SignedRequests = {
      accepts: (headers) => headers["x-signed"] === "yes",
      handle(_req, res, body) {
        bodies.push(body.toString());
        res.end("taken");
      },
    };
    const metrics = async () => ({ contentType: "text/plain", text: "up 1\n" });
    const pages = { problems: async () => [], metrics, slackEvents: () => slack };
    const server = await startHttpServer({ host: "127.0.0.1", port: 0, pages, log, limits: { ...PATIENT, ...limits } });
    onTestFinished(server.close);
    return { log, bodies, port: server.port, send: (text: string) => client(server.port, text) };
  }

  it.each(["/livez", "/readyz", "/metrics", "/slack/events"])(
    "closes a connection that never ends its headers: %s",
    async (path) => {
      const { send } = await start({ headersMs: 50 });
      const slow = send(`GET ${path} HTTP/1.1\r\nHost: bot\r\nX-Slow`);
      expect(await slow.answer()).toMatch(/^(HTTP\/1.1 408 |$)/);
    },
  );

  it("closes a connection on which nothing comes", async () => {
    const { send } = await start({ headersMs: 50 });
    expect(await send("").answer()).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  it.each(["/livez", "/readyz", "/metrics", "/other"])("reads no body of a request for %s", async (path) => {
    const { send } = await start();
    const slow = send(`GET ${path} HTTP/1.1\r\nHost: bot\r\nContent-Length: 4000000\r\n\r\n`);
    expect(await slow.answer()).toMatch(/^HTTP\/1.1 413 .*no body is read here\n$/s);
  });

  it("refuses what Slack has not signed before it reads the body", async () => {
    const { send, bodies } = await start();
    const unsigned = send(post("Content-Length: 4000000", false));
    expect(await unsigned.answer()).toMatch(/^HTTP\/1.1 401 .*Connection: close.*not signed by Slack\n$/s);
    const polite = send(post("Content-Length: 4000000\r\nExpect: 100-continue", false));
    expect(await polite.answer()).toMatch(/^HTTP\/1.1 401 /);
    expect(bodies).toEqual([]);
  });

  it("leaves time to read the refusal while the body is still being sent", async () => {
    const { port } = await start({ lingerMs: NEVER_MS });
    const url = `http://127.0.0.1:${port}/slack/events`;
    const answer = await fetch(url, { method: "POST", body: new Uint8Array(4_000_000) });
    expect([answer.status, await answer.text()]).toEqual([401, "not signed by Slack\n"]);
  });

  it("refuses a body that is announced as too long, or proves to be", async () => {
    const { send, bodies } = await start();
    expect(await send(post("Content-Length: 1001")).answer()).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `1f4\r\n${"x".repeat(500)}\r\n`;
    expect(await send(`${post("Transfer-Encoding: chunked")}${chunk}${chunk}`).rest("1\r\nx\r\n")).toMatch(
      /^HTTP\/1.1 413 /,
    );
    expect(bodies).toEqual([]);
  });

  it("takes a whole body in pieces, also after 100 Continue", async () => {
    const { send, bodies } = await start();
    const pieces = send(`${post("Content-Length: 4\r\nConnection: close")}ab`);
    expect(await pieces.rest("cd")).toMatch(/^HTTP\/1.1 200 /);
    const asking = send(post("Content-Length: 4\r\nConnection: close\r\nExpect: 100-continue"));
    expect(await asking.rest("efgh")).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    expect(bodies).toEqual(["abcd", "efgh"]);
  });

  it("refuses a body that takes too long", async () => {
    const { send, bodies } = await start({ slackEvents: { ...PATIENT.slackEvents, ms: 50 } });
    expect(await send(`${post("Content-Length: 4")}ab`).answer()).toMatch(/^HTTP\/1.1 408 /);
    expect(bodies).toEqual([]);
  });

  it("refuses the body that began first when all together are too much", async () => {
    const { send, bodies } = await start({ slackEvents: { ...PATIENT.slackEvents, bytesTogether: 1_500 } });
    const first = send(`${post("Content-Length: 999")}${"a".repeat(900)}`);
    const second = send(`${post("Content-Length: 999\r\nConnection: close")}${"b".repeat(900)}`);
    expect(await first.answer()).toMatch(/^HTTP\/1.1 503 /);
    expect(await second.rest("b".repeat(99))).toMatch(/^HTTP\/1.1 200 /);
    expect(bodies).toEqual(["b".repeat(999)]);
  });

  it("closes what has waited longest when too many send no whole request, and answers the others", async () => {
    const { send, port, bodies } = await start({ waiting: 20 });
    const slow = Array.from({ length: 60 }, (_, i) => {
      if (i % 3 === 0) return send("");
      return send(i % 3 === 1 ? "POST /slack/events HTTP/1.1\r\nHos" : `${post("Content-Length: 9")}slow`);
    });
    await vi.waitFor(() => expect(slow.filter(({ socket }) => socket.closed).length).toBeGreaterThanOrEqual(40));
    expect(slow.slice(-10).filter(({ socket }) => socket.closed)).toEqual([]);
    const url = `http://127.0.0.1:${port}`;
    const real = { method: "POST", headers: { "x-signed": "yes" }, body: "real" };
    expect(await (await fetch(`${url}/slack/events`, real)).text()).toBe("taken");
    expect(await (await fetch(`${url}/readyz`)).text()).toBe("ready\n");
    expect(bodies).toEqual(["real"]);
  });

  it("accepts a bounded number of connections, and says so once", async () => {
    const { send, log } = await start({ connections: 5 });
    const sockets = Array.from({ length: 12 }, () => send(""));
    await vi.waitFor(() => expect(sockets.filter(({ socket }) => socket.closed).length).toBe(7));
    expect(log.lines.map(({ level, message, fields }) => [level, message, fields])).toEqual([
      ["warn", "closing new connections: too many are open", { most: 5 }],
    ]);
  });
});

interface Client {
  readonly socket: Socket;
  /** All that comes until the server closes the connection. */
  answer(): Promise<string>;
  /** Sends more once the server has taken what was sent before. */
  rest(text: string): Promise<string>;
}

function client(port: number, text: string): Client {
  const socket = connect(port, "127.0.0.1");
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  // The server may reset a connection that is still sending.
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  if (text !== "") socket.write(text);
  const answer = async (): Promise<string> => {
    if (!socket.closed) await once(socket, "close");
    return Buffer.concat(received).toString();
  };
  return {
    socket,
    answer,
    async rest(more) {
      if (socket.connecting) await once(socket, "connect");
      socket.write(more);
      return answer();
    },
  };
}
