import { execFileSync } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { ask, studio } from "./studio.ts";

const FEW_FILES = 1024;
const ATTACKERS = 1_200;

// prlimit is Linux's.
describe.runIf(process.platform === "linux")("slow clients of the compiled bot", () => {
  const world = studio({ via: "http" });

  function limitFiles(most: number): void {
    execFileSync("prlimit", ["--pid", String(world().bot().pid), `--nofile=${most}:${FEW_FILES}`]);
  }

  it("take neither its connections nor its files", async () => {
    limitFiles(FEW_FILES);
    const sockets = Array.from({ length: ATTACKERS }, () => slowBody(world().bot().url));
    await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed).length).toBeGreaterThan(ATTACKERS / 2));
    await ask(world(), { name: "Attacked" });
    expect(await readiness(world().bot().url)).toBe("ready\n");
    expect(
      world()
        .bot()
        .log.filter((line) => line.includes("EMFILE")),
    ).toEqual([]);
    for (const socket of sockets) socket.destroy();
  });

  it("end nothing where the limit of open files is reached", async () => {
    const { url } = world().bot();
    limitFiles(10);
    const first = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => undefined);
    await once(first.resume(), "connect");
    limitFiles(FEW_FILES);
    expect(await readiness(url)).toBe("ready\n");
    first.destroy();
  });
});

/** Its headers look signed, so that the bot reads its body. */
function slowBody(url: string): Socket {
  const time = Math.floor(Date.now() / 1000);
  const socket = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => undefined);
  const signature = `X-Slack-Request-Timestamp: ${time}\r\nX-Slack-Signature: v0=${"0".repeat(64)}`;
  socket.write(`POST /slack/events HTTP/1.1\r\nHost: bot\r\n${signature}\r\nContent-Length: 900000\r\n\r\nslow`);
  return socket.resume();
}

async function readiness(url: string): Promise<string> {
  return (await fetch(`${url}/readyz`)).text();
}
