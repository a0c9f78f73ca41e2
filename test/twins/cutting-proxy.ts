import { once } from "node:events";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { onTestFinished } from "vitest";
import type { DatabaseAddress } from "../../src/store/database.ts";
import { listenHere } from "../fixtures/loopback.ts";

/** A network between a replica and its database that a test breaks as networks break. */
export interface CuttingProxy {
  readonly address: DatabaseAddress;
  /** Every connection is reset; new ones are made. */
  cut(): void;
  /** Until `heal`: nothing passes in either direction, and nobody is told. */
  silence(): void;
  /** Until `heal`: new connections are reset. */
  refuse(): void;
  heal(): void;
  /** The answer number `n` from now, 1 being the next, does not arrive: the connection is reset in its place. */
  loseAnswer(n: number): void;
}

/** Ended with the test. */
export async function cuttingProxy(to: DatabaseAddress): Promise<CuttingProxy> {
  const target = new URL(to.url);
  const pairs = new Set<readonly [Socket, Socket]>();
  const network = { silent: false, refusing: false, answersUntilLost: Number.POSITIVE_INFINITY };
  const server = createServer((client) => {
    if (network.refusing) return void client.resetAndDestroy();
    const upstream = connect(Number(target.port), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.on("data", (bytes) => void (network.silent || upstream.write(bytes)));
    upstream.on("data", (bytes) => {
      if (network.silent) return;
      network.answersUntilLost -= 1;
      if (network.answersUntilLost > 0) return void client.write(bytes);
      network.answersUntilLost = Number.POSITIVE_INFINITY;
      client.resetAndDestroy();
    });
    for (const socket of pair) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        pairs.delete(pair);
        for (const end of pair) end.destroy();
      });
    }
  });
  const here = new URL(await listenHere(server));
  const cut = (): void => {
    for (const [client] of pairs) client.resetAndDestroy();
  };
  onTestFinished(async () => {
    for (const pair of pairs) for (const end of pair) end.destroy();
    server.close();
    await once(server, "close");
  });
  const url = new URL(to.url);
  url.port = here.port;
  return {
    address: { url: url.href, name: `${here.host}${url.pathname}` },
    cut,
    silence() {
      network.silent = true;
    },
    refuse() {
      network.refusing = true;
      cut();
    },
    heal() {
      network.silent = false;
      network.refusing = false;
    },
    loseAnswer(n) {
      network.answersUntilLost = n;
    },
  };
}
