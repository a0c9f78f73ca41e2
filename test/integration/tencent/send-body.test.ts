import type { Server } from "node:http";
import { createServer } from "node:http";
import { connect, createServer as createTcpServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { startCos } from "../../../sandbox/cos/server.ts";
import type { CosConnection, CosObject } from "../../../src/tencent/cos-object.ts";
import { cosObject } from "../../../src/tencent/cos-object.ts";
import { keepAliveAgent } from "../../../src/tencent/send-body.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import { BUCKET, crc64, KEY, MB, REGION, relayOf, someBytes, vaultLab } from "./vault-lab.ts";

const credentials = {
  tmpSecretId: "i",
  tmpSecretKey: "k",
  token: "t",
  expiresAt: undefined,
  pathPrefix: "unused",
  prefix: { bucket: BUCKET, region: REGION, key: "customer-pipeline/12/0b1d/" },
};

async function objectAt(server: Server, more: Partial<CosConnection> = {}): Promise<CosObject> {
  const endpoint = await listenHere(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return cosObject(credentials, KEY, { endpoint, timeoutMs: 60_000, ...more });
}

const { signal } = new AbortController();

test("a redirect is not followed", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    request.resume();
    response.writeHead(307, { Location: "/elsewhere" }).end();
  });
  const object = await objectAt(server);
  await expect(object.sendPart("u", 1, someBytes(10), signal)).rejects.toMatchObject({
    code: "cos-refused",
    resultCode: "307",
  });
  expect(asked).toEqual([`/${KEY}?partNumber=1&uploadId=u`]);
});

test("an answer before the end of the body ends the connection: nothing is read from the buffer afterwards", async () => {
  const closed = vi.fn();
  const server = createServer((_, response) => void response.writeHead(503).end());
  server.on("connection", (socket) => socket.on("close", closed).pause());
  const object = await objectAt(server, { agent: keepAliveAgent("http://127.0.0.1") });
  await expect(object.sendPart("u", 1, someBytes(64 * MB), signal)).rejects.toMatchObject({ code: "cos-unreachable" });
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
});

test("an answer that never ends is a fault", async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400);
    const more = (): void =>
      void (response.write("<x>".repeat(10_000)) ? setImmediate(more) : response.once("drain", more));
    more();
  });
  const object = await objectAt(server);
  await expect(object.put(someBytes(10), "video/mp4", signal)).rejects.toMatchObject({ code: "cos-unreachable" });
});

test("the parts of a transfer share connections, which end with it", async () => {
  const cos = await startCos();
  onTestFinished(() => cos.close());
  const connections: { isOpen: boolean; readonly parts: number }[] = [];
  const proxy = createTcpServer((client) => {
    const upstream = connect(Number(new URL(cos.url).port), "127.0.0.1");
    const connection = { isOpen: true, parts: 0 };
    connections.push(connection);
    client.on("data", (bytes: Buffer) => {
      if (bytes.includes("?partNumber=")) connection.parts += 1;
    });
    client.pipe(upstream).pipe(client);
    for (const end of [client, upstream]) end.on("error", () => {});
    client.on("close", () => {
      connection.isOpen = false;
    });
  });
  const endpoint = await listenHere(proxy);
  onTestFinished(() => void proxy.close());
  const { vault } = await vaultLab({ at: cos, vault: { endpoint } });
  await vault.relay(relayOf(someBytes(8 * MB)));
  const withParts = connections.filter(({ parts }) => parts > 0);
  expect(withParts.length).toBeLessThanOrEqual(2);
  expect(withParts.reduce((sum, { parts }) => sum + parts, 0)).toBe(8);
  await vi.waitFor(() => expect(withParts.filter(({ isOpen }) => isOpen)).toEqual([]));
});

test.each([MB, 3 * MB])(
  "a clock that is an hour off: COS's Date corrects it for the next request, %i bytes",
  async (size) => {
    const hour = 3_600_000;
    for (const off of [-hour, hour]) {
      const { vault } = await vaultLab({ cos: { now: () => Date.now() + off } });
      const bytes = someBytes(size);
      expect((await vault.relay(relayOf(bytes))).crc64).toBe(crc64(bytes));
    }
  },
);
