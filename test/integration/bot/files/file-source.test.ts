import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Upload } from "../../../../sandbox/slack/files.ts";
import { download } from "../../../../src/bot/files/download.ts";
import { describeFault } from "../../../../src/core/fault.ts";
import type { SourceFile } from "../../../../src/core/ports.ts";
import { isRefusal } from "../../../../src/core/refusal.ts";
import { listenHere } from "../../../fixtures/loopback.ts";
import type { BotBench } from "../bot-bench.ts";
import { botBench, MATERIAL } from "../bot-bench.ts";

async function dropped(b: BotBench, file: Upload): Promise<string> {
  const { fileIds } = await b.alice.upload(b.channel, [file]);
  return fileIds[0] ?? "";
}

async function looked(b: BotBench, file: Upload): Promise<SourceFile> {
  const seen = await b.ports.files.inspect(await dropped(b, file));
  if (isRefusal(seen)) throw new Error(seen.type);
  return seen;
}

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const never = () => new AbortController().signal;
const ftyp = (brand: string) => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0isomisom`.padEnd(64, "\0"), "latin1");

describe("a file in Slack", () => {
  it.each([
    ["consent.mp4", "mp4"],
    ["footage-1080p.mov", "mov"],
    ["consent-letter.pdf", "pdf"],
    ["photo.png", "png"],
    ["photo.jpg", "jpg"],
    ["photo.webp", "webp"],
    ["broken/png-renamed.pdf", "png"],
    ["broken/text-renamed.mp4", "other"],
    ["broken/photo.gif", "other"],
  ])("%s is told by its first bytes to be %s", async (name, format) => {
    const b = await botBench();
    const path = `${MATERIAL}/${name}`;
    const source = await looked(b, { name: "unnamed.bin", path });
    const bytes = await readFile(path);
    expect(source).toMatchObject({ name: "unnamed.bin", size: bytes.length, format });
    expect((await bytesOf(await source.open(never()))).equals(bytes)).toBe(true);
  });

  it("that is of no format of ours says what it is, if its first bytes tell", async () => {
    const b = await botBench();
    expect(await looked(b, { name: "a.png", path: `${MATERIAL}/broken/photo.gif` })).toMatchObject({
      contentType: "gif",
    });
    expect(await looked(b, { name: "a.jpg", bytes: ftyp("heic") })).toMatchObject({
      format: "other",
      contentType: "heic",
    });
    const avi = Buffer.from(`RIFF\x24\0\0\0AVI LIST${"\0".repeat(64)}`, "latin1");
    expect(await looked(b, { name: "a.avi", bytes: avi })).toMatchObject({ format: "other", contentType: "avi" });
    expect(await looked(b, { name: "a.mp4", path: `${MATERIAL}/broken/text-renamed.mp4` })).not.toHaveProperty("type");
    expect(await looked(b, { name: "a.pdf", path: `${MATERIAL}/photo.png` })).not.toHaveProperty("type");
  });

  it.each([
    ["M4V ", "mp4"],
    ["M4A ", "m4a"],
    ["qt  ", "mov"],
  ])("of brand %j is %s", async (brand, format) => {
    const b = await botBench();
    expect(await looked(b, { name: "a", bytes: ftyp(brand) })).toMatchObject({ format });
  });

  it("of sound alone in a film's container is a recording", async () => {
    const b = await botBench();
    const memo = { name: "memo.m4a", bytes: ftyp("mp42") };
    expect(await looked(b, { ...memo, mimetype: "audio/mp4" })).toMatchObject({ format: "m4a" });
    expect(await looked(b, { ...memo, mimetype: "video/mp4" })).toMatchObject({ format: "mp4" });
  });

  it("that is sound is a recording, also behind a long cover picture, and a zip is a package", async () => {
    const b = await botBench();
    const cover = Buffer.concat([Buffer.from("ID3\x04\0\0\0\x01\0\0", "latin1"), Buffer.alloc(9000)]);
    expect(await looked(b, { name: "a.mp3", bytes: cover })).toMatchObject({ format: "mp3" });
    const zip = Buffer.concat([Buffer.from("PK\x03\x04\x14\0\0\0\0\0", "latin1"), Buffer.alloc(100)]);
    expect(await looked(b, { name: "a.zip", bytes: zip })).toMatchObject({ format: "zip" });
  });

  it.each([
    [{ name: "a.mp4", mode: "external" }, "external-file"],
    [{ name: "a.mp4", mode: "tombstone" }, "file-gone"],
    [{ name: "a.mp4", mode: "hidden_by_limit" }, "file-hidden"],
    [{ name: "a.mp4" }, "empty-file"],
  ] as [Upload, string][])("%j is refused as %s", async (file, refusal) => {
    const b = await botBench();
    expect(await b.ports.files.inspect(await dropped(b, file))).toEqual({ type: refusal });
  });

  it.each([
    ["file_deleted", "file-gone"],
    ["file_not_found", "file-gone"],
    ["access_denied", "file-not-shared"],
  ])("that Slack says %s about is refused as %s", async (code, refusal) => {
    const b = await botBench();
    const id = await dropped(b, { name: "a.mp4", bytes: ftyp("isom") });
    b.slack.faults.plan("files.info", { type: "code", code });
    expect(await b.ports.files.inspect(id)).toEqual({ type: refusal });
  });

  it("cannot be looked at when Slack is away", async () => {
    const b = await botBench();
    const id = await dropped(b, { name: "a.mp4", bytes: ftyp("isom") });
    b.slack.faults.plan("files.info", { type: "code", code: "fatal_error" });
    await expect(b.ports.files.inspect(id)).rejects.toMatchObject({ code: "source-unreachable" });
    b.slack.faults.plan("download", { type: "status", status: 503 });
    await expect(b.ports.files.inspect(id)).rejects.toMatchObject({
      code: "source-unreachable",
      resultCode: "http-503",
    });
    b.slack.faults.plan("download", { type: "reset" });
    await expect(b.ports.files.inspect(id)).rejects.toMatchObject({ code: "source-unreachable" });
  });

  it("is not its login page, whenever that comes", async () => {
    const b = await botBench();
    const id = await dropped(b, { name: "a.mp4", bytes: ftyp("isom") });
    b.slack.faults.plan("download", { type: "code", code: "login-page" });
    expect(await b.ports.files.inspect(id)).toEqual({ type: "login-page" });
    const source = await looked(b, { name: "b.mp4", bytes: ftyp("isom") });
    b.slack.faults.plan("download", { type: "code", code: "login-page" });
    await expect(source.open(never())).rejects.toMatchObject({ code: "source-login-page" });
  });

  it("that breaks off, or is stopped, says so while it is read", async () => {
    const b = await botBench();
    const big: Upload = { name: "big.mp4", generate: { size: 30_000_000, head: ftyp("isom") } };
    const source = await looked(b, big);
    b.slack.faults.plan("download", { type: "cut", afterBytes: 1_000_000 });
    await expect(bytesOf(await source.open(never()))).rejects.toMatchObject({ code: "source-cut" });
    const stop = new AbortController();
    const bytes = await source.open(stop.signal);
    stop.abort();
    await expect(bytesOf(bytes)).rejects.toMatchObject({ code: "transfer-aborted" });
    b.slack.deleteFile(source.id);
    await expect(source.open(never())).rejects.toMatchObject({ code: "source-gone" });
  });
});

describe("a download", () => {
  async function server(listener: RequestListener): Promise<{ api: string; url: URL }> {
    const listening = createServer(listener);
    onTestFinished(() => {
      listening.closeAllConnections();
      listening.close();
    });
    const base = await listenHere(listening);
    return { api: `${base}/api/`, url: new URL(`${base}/files-pri/T1-F1/a.mp4`) };
  }

  const get = ({ api, url }: { api: string; url: URL }, more = {}) =>
    download({ token: "xoxb-test", slackApiUrl: api, ...more }, { url, isHtml: false });

  it("follows Slack's redirects with the token, and no more than five", async () => {
    const seen: string[] = [];
    const hops = await server((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      if (seen.length < 3) response.writeHead(302, { location: `/files-pri/hop${seen.length}` }).end();
      else response.end("bytes");
    });
    expect((await bytesOf(await get(hops))).toString()).toBe("bytes");
    expect(seen[2]).toBe("/files-pri/hop2 Bearer xoxb-test");
    const loop = await server((_request, response) => {
      seen.push("again");
      response.writeHead(302, { location: "/files-pri/round" }).end();
    });
    await expect(get(loop)).rejects.toMatchObject({ code: "source-unreachable" });
    expect(seen.filter((line) => line === "again")).toHaveLength(6);
  });

  it("follows a redirect to another server without the token", async () => {
    const seen: (string | undefined)[] = [];
    const other = await server((request, response) => {
      seen.push(request.headers.authorization);
      response.end("bytes");
    });
    const first = await server((_request, response) => response.writeHead(302, { location: other.url.href }).end());
    expect((await bytesOf(await get(first))).toString()).toBe("bytes");
    expect(seen).toEqual([undefined]);
  });

  it("that breaks tells nobody the signature of a redirect's address", async () => {
    const signed = await server((request, response) => {
      if (request.url?.includes("sig=")) request.socket.destroy();
      else response.writeHead(302, { location: "/files-pri/a.mp4?sig=verysecret" }).end();
    });
    const broken = await get(signed).catch(describeFault);
    expect(broken).toContain("ECONNRESET");
    expect(broken).not.toContain("verysecret");
  });

  it("never goes on without encryption, nor to nonsense", async () => {
    const asked: string[] = [];
    const other = await server((request, response) => {
      asked.push(request.url ?? "");
      response.end("stolen");
    });
    for (const location of [other.url.href.replace("127.0.0.1", "localhost"), "http://[", "ftp://127.0.0.1/a"]) {
      const first = await server((_request, response) => response.writeHead(302, { location }).end());
      await expect(get(first)).rejects.toMatchObject({ code: "source-unreachable" });
    }
    expect(asked).toEqual([]);
  });

  it("takes a web page for the login page, unless a page was asked for", async () => {
    const page = await server((_request, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<!DOCTYPE html>");
    });
    await expect(get(page)).rejects.toMatchObject({ code: "source-login-page" });
    const options = { token: "xoxb-test", slackApiUrl: page.api };
    const html = await download(options, { url: page.url, isHtml: true });
    expect((await bytesOf(html)).toString()).toBe("<!DOCTYPE html>");
  });

  it("ends when nothing comes, before and after the first byte", async () => {
    const silent = await server(() => undefined);
    await expect(get(silent, { answerMs: 40 })).rejects.toMatchObject({ code: "source-unreachable" });
    const stalled = await server((_request, response) => void response.write("first"));
    await expect(bytesOf(await get(stalled, { idleMs: 40 }))).rejects.toMatchObject({ code: "source-cut" });
  });

  it("is patient with whoever reads slowly", async () => {
    const quick = await server((_request, response) => response.end(Buffer.alloc(3_000_000)));
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const bytes = await get(quick, { idleMs: 60_000 });
    const seen = { bytes: 0 };
    for await (const chunk of bytes) {
      seen.bytes += chunk.length;
      if (seen.bytes > 1_000_000) continue;
      while (bytes.readableLength === 0) await new Promise(setImmediate);
      vi.advanceTimersByTime(600_000);
    }
    expect(seen.bytes).toBe(3_000_000);
  });
});
