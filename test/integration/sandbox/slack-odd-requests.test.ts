import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";

let slack: SandboxSlack;

beforeEach(async () => {
  slack = await startSlack();
});
afterEach(() => slack.close());

const UPGRADE = ["Connection: Upgrade", "Upgrade: websocket"];

/** What no client would send, but any page or program on this machine can. */
function send(address: string, headers: readonly string[] = ["Connection: close"]): Socket {
  const { port, host } = new URL(slack.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write([`GET ${address} HTTP/1.1`, `Host: ${host}`, ...headers, "", ""].join("\r\n"));
  return socket;
}

it.each(["//", "//:99999/", "http://["])("answers %j, which is no address, and goes on", async (address) => {
  expect(await text(send(address))).toMatch(/^HTTP\/1\.1 400 /);
  expect(await text(send(address, UPGRADE))).toMatch(/^HTTP\/1\.1 404 /);
  expect(await text(send("/sandbox/state"))).toMatch(/^HTTP\/1\.1 200 /);
});

it("goes on when somebody asks for a socket and breaks off", async () => {
  for (let i = 0; i < 50; i += 1) {
    const socket = send("/link", UPGRADE).on("error", () => {});
    await once(socket, "ready");
    const closed = once(socket, "close");
    socket.resetAndDestroy();
    await closed;
  }
  expect(await text(send("/sandbox/state"))).toMatch(/^HTTP\/1\.1 200 /);
});
