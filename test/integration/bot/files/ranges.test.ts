import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { slackRanges } from "../../../../src/bot/files/ranges.ts";
import type { RandomAccess } from "../../../../src/core/check-ports.ts";
import { listenHere } from "../../../fixtures/loopback.ts";

const MB = 1024 ** 2;
const file = Buffer.from(Array.from({ length: 3 * MB }, (_, i) => (i * 7) % 251));

interface Served {
  readonly ranges: RandomAccess;
  readonly asked: (string | undefined)[];
  /** Bytes that left the server. */
  readonly sent: () => number;
  readonly stop: AbortController;
}

/** A file on a server that answers each request with `answer`. */
async function served(
  answer: (range: string | undefined, response: ServerResponse) => void,
  size = file.length,
): Promise<Served> {
  const asked: (string | undefined)[] = [];
  const sockets = new Set<IncomingMessage["socket"]>();
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    sockets.add(request.socket);
    answer(request.headers.range, response);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = await listenHere(server);
  const stop = new AbortController();
  const options = { token: "xoxb-test", slackApiUrl: `${base}/api/`, idleMs: 200 };
  const url = new URL(`${base}/files-pri/T1-F1/a.mp4`);
  const ranges = slackRanges(options, { url, isHtml: false, size, signal: stop.signal });
  return { ranges, asked, sent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0), stop };
}

function honour(range: string | undefined, response: ServerResponse): void {
  const [, from = "0", to = "0"] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  const bytes = file.subarray(Number(from), Number(to) + 1);
  const last = Number(from) + bytes.length - 1;
  response.writeHead(206, { "content-range": `bytes ${from}-${last}/${file.length}` }).end(bytes);
}

function whole(_range: string | undefined, response: ServerResponse): void {
  response.writeHead(200, { "content-length": file.length }).end(file);
}

/** A range that is not the one that was asked for. */
function wrongly(contentRange: string) {
  return (range: string | undefined, response: ServerResponse): void => {
    if (range) response.writeHead(206, { "content-range": contentRange }).end(file.subarray(0, 10));
    else whole(range, response);
  };
}

describe("where ranges are honoured", () => {
  it("just the bytes that are asked for come, up to the end of the file", async () => {
    const { ranges, asked } = await served(honour);
    expect(await ranges.read(2_000_000, 1000)).toEqual(file.subarray(2_000_000, 2_001_000));
    expect(await ranges.read(file.length - 10, 1000)).toEqual(file.subarray(-10));
    expect(await ranges.read(file.length, 1000)).toHaveLength(0);
    expect(asked).toEqual(["bytes=2000000-2000999", `bytes=${file.length - 10}-${file.length - 1}`]);
  });
});

describe("where they are not", () => {
  it("the beginning comes out of one answer, and the rest is out of reach", async () => {
    const { ranges, asked } = await served(whole);
    expect(await ranges.read(2_000_000, 1000)).toBeUndefined();
    expect(await ranges.read(0, 1000)).toEqual(file.subarray(0, 1000));
    expect(await ranges.read(MB - 10, 10)).toEqual(file.subarray(MB - 10, MB));
    expect(await ranges.read(MB - 10, 11)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it("a large file does not keep coming", async () => {
    const size = 1_000_000_000;
    const piece = Buffer.alloc(64 * 1024);
    const endless = (_range: string | undefined, response: ServerResponse): void => {
      response.writeHead(200, { "content-length": size });
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
        response.once("drain", more);
      };
      more();
    };
    const { ranges, asked, sent } = await served(endless, size);
    expect(await ranges.read(size - 1000, 1000)).toBeUndefined();
    expect(await ranges.read(0, 10)).toHaveLength(10);
    expect(asked).toHaveLength(1);
    expect(sent()).toBeLessThan(20 * MB);
  });

  it("a short file is there as a whole", async () => {
    const { ranges } = await served((_range, response) => response.end("short"), 5);
    expect(Buffer.from((await ranges.read(3, 100)) ?? []).toString()).toBe("rt");
  });

  it("one that is shorter than Slack said has nothing behind its end", async () => {
    const { ranges } = await served((_range, response) => response.end("short"), 100);
    expect(await ranges.read(50, 10)).toBeUndefined();
    expect(Buffer.from((await ranges.read(0, 5)) ?? []).toString()).toBe("short");
  });

  it.each([
    ["begins elsewhere", `bytes 0-9/${file.length}`],
    ["ends elsewhere", `bytes 10-15/${file.length}`],
    ["is of another file", "bytes 10-19/999"],
    ["does not say of how much", "bytes 10-19/*"],
    ["is nonsense", "10"],
  ])("a range that %s counts for nothing", async (_what, contentRange) => {
    const { ranges, asked } = await served(wrongly(contentRange));
    expect(await ranges.read(10, 10)).toEqual(file.subarray(10, 20));
    expect(asked).toEqual(["bytes=10-19", undefined]);
  });

  it("and neither does a range that cannot be had", async () => {
    const { ranges } = await served((range, response) => {
      if (range) response.writeHead(416).end();
      else whole(range, response);
    });
    expect(await ranges.read(10, 10)).toEqual(file.subarray(10, 20));
  });
});

describe("what goes wrong", () => {
  it.each([
    [404, "source-gone"],
    [429, "source-unreachable"],
    [503, "source-unreachable"],
  ])("HTTP %i is thrown as %s", async (status, code) => {
    const { ranges } = await served((_range, response) => response.writeHead(status).end());
    await expect(ranges.read(0, 10)).rejects.toMatchObject({ code });
  });

  it("a login page, a range that breaks off and a stop are told apart", async () => {
    const page = await served((_range, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    );
    await expect(page.ranges.read(0, 10)).rejects.toMatchObject({ code: "source-login-page" });
    const cut = await served((_range, response) => {
      response.writeHead(206, { "content-range": `bytes 0-9/${file.length}`, "content-length": 10 }).write("12345");
      setImmediate(() => response.socket?.destroy());
    });
    await expect(cut.ranges.read(0, 10)).rejects.toMatchObject({ code: "source-cut" });
    const stopped = await served(honour);
    stopped.stop.abort();
    await expect(stopped.ranges.read(0, 10)).rejects.toMatchObject({ code: "transfer-aborted" });
  });
});
