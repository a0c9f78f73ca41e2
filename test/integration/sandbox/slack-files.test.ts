import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { material } from "../../../sandbox/material/files.ts";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { callForm } from "./slack-call.ts";

let slack: SandboxSlack;
let alice: Person;
let channel: string;

beforeEach(async () => {
  slack = await startSlack();
  alice = slack.person(slack.addUser({ name: "alice" }));
  channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice.id] });
});
afterEach(() => slack.close());

const File = z.looseObject({
  id: z.string(),
  url_private_download: z.string(),
  mimetype: z.string(),
  size: z.number(),
});

async function info(file: string) {
  const { file: got } = z.looseObject({ file: z.unknown() }).parse(await callForm(slack, "files.info", { file }));
  return File.parse(got);
}

async function drop(upload: Parameters<Person["upload"]>[1][number]): Promise<string> {
  const { fileIds } = await alice.upload(channel, [upload]);
  return fileIds[0] ?? "";
}

const get = (url: string, token = slack.botToken, range?: string) =>
  fetch(url, { headers: { authorization: `Bearer ${token}`, ...(range && { range }) } });

describe("downloads", () => {
  it("give the bytes to the bot's token, and the login page to anybody else", async () => {
    const { url_private_download: url } = await info(await drop({ name: "a b.mp4", bytes: Buffer.from("hello") }));
    const good = await get(url);
    expect([good.status, good.headers.get("content-type"), good.headers.get("content-length")]).toEqual([
      200,
      "video/mp4",
      "5",
    ]);
    expect(await good.text()).toBe("hello");
    for (const token of ["xoxb-wrong", slack.appToken]) {
      const login = await get(url, token);
      expect([login.status, login.redirected]).toEqual([200, true]);
      expect(login.headers.get("content-type")).toContain("text/html");
      expect(login.url).toContain("/?redir=");
      expect(await login.text()).toMatch(/^<!DOCTYPE html>/);
    }
    slack.leave(channel, slack.botUserId);
    expect((await get(url)).url).toContain("/?redir=");
  });

  it("stream large files that nobody holds, the same every time", async () => {
    const size = 30 * 1024 * 1024 + 17;
    const head = Buffer.from("\0\0\0\x18ftypmp42");
    const { url_private_download: url } = await info(await drop({ name: "big.mp4", generate: { size, head } }));
    const digest = async () => {
      const hash = createHash("sha1");
      let count = 0;
      for await (const chunk of (await get(url)).body ?? []) {
        if (count === 0) expect(Buffer.from(chunk).subarray(0, head.length)).toEqual(head);
        count += chunk.length;
        hash.update(chunk);
      }
      return `${count} ${hash.digest("hex")}`;
    };
    const first = await digest();
    expect(first).toMatch(new RegExp(`^${size} `));
    expect(await digest()).toBe(first);
  });

  it("give just the range that is asked for, of files on disk and of made ones", async () => {
    const size = 300_000;
    const made = { size, head: Buffer.from("head"), tail: Buffer.from("tail") };
    for (const upload of [
      { name: "a.bin", generate: made },
      { name: "a.png", path: material.photoWebp.path },
    ]) {
      const { url_private_download: url } = await info(await drop(upload));
      const all = Buffer.from(await (await get(url)).arrayBuffer());
      for (const [from, to] of [
        [0, 9],
        [2, 70_000],
        [65_530, 131_100],
        [all.length - 10, all.length - 1],
      ] as const) {
        const part = await get(url, slack.botToken, `bytes=${from}-${to}`);
        const last = Math.min(to, all.length - 1);
        if (from > last) continue;
        expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes ${from}-${last}/${all.length}`]);
        expect(Buffer.from(await part.arrayBuffer()).equals(all.subarray(from, to + 1))).toBe(true);
      }
      expect((await get(url, slack.botToken, "bytes=-4")).headers.get("content-length")).toBe("4");
      const beyond = await get(url, slack.botToken, `bytes=${all.length}-`);
      expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${all.length}`]);
      expect((await get(url, slack.botToken, "bytes=0-1,5-9")).status).toBe(200);
    }
  });

  it("give the whole file where ranges are not honoured", async () => {
    const other = await startSlack({ ignoreRanges: true });
    onTestFinished(() => other.close());
    const bob = other.person(other.addUser({ name: "bob" }));
    const place = other.addChannel({ name: "avatars", kind: "public", members: [bob.id] });
    const { fileIds } = await bob.upload(place, [{ name: "a.bin", generate: { size: 1000 } }]);
    const told = z.looseObject({ file: File }).parse(await callForm(other, "files.info", { file: fileIds[0] ?? "" }));
    const answer = await get(told.file.url_private_download, other.botToken, "bytes=0-9");
    expect([answer.status, answer.headers.get("content-length")]).toEqual([200, "1000"]);
  });

  it("meet faults", async () => {
    const { url_private_download: url } = await info(await drop({ name: "a.mp4", generate: { size: 1_000_000 } }));
    slack.faults.plan("download", { type: "status", status: 503 });
    slack.faults.plan("download", { type: "code", code: "login-page" });
    slack.faults.plan("download", { type: "reset" });
    slack.faults.plan("download", { type: "cut", afterBytes: 100_000 });
    slack.faults.plan("download", { type: "slow", delayMs: 1 });
    expect((await get(url)).status).toBe(503);
    expect((await get(url)).headers.get("content-type")).toContain("text/html");
    await expect(get(url)).rejects.toThrow();
    const cut = await get(url);
    expect(cut.headers.get("content-length")).toBe("1000000");
    await expect(cut.arrayBuffer()).rejects.toThrow();
    expect((await (await get(url)).arrayBuffer()).byteLength).toBe(1_000_000);
  });
});

describe("file objects", () => {
  it("tell what was declared, and fill in the type when the scan is over", async () => {
    const id = await drop({ name: "a.png", bytes: Buffer.from("x"), declaredSize: 9, scanAfterLooks: 2 });
    expect(await info(id)).toMatchObject({ mimetype: "", filetype: "", size: 9 });
    await info(id);
    expect(await info(id)).toMatchObject({
      mimetype: "image/png",
      filetype: "png",
      shares: { public: { [channel]: [{}] } },
    });
    await expect(alice.upload(channel, [{ name: "x", generate: { size: 2 ** 30 + 1 } }])).rejects.toThrow("1 GB");
  });

  it("are stubs where Slack gives stubs", async () => {
    const gone = await drop({ name: "a.mp4", bytes: Buffer.from("x") });
    const hidden = await drop({ name: "b.mp4", bytes: Buffer.from("x") });
    const outside = await drop({ name: "c.mp4", mode: "external" });
    slack.deleteFile(gone);
    slack.hideFile(hidden);
    expect(slack.messages(channel).map((m) => m.files?.[0]?.mode)).toEqual([
      "tombstone",
      "hidden_by_limit",
      "external",
    ]);
    expect(await callForm(slack, "files.info", { file: gone })).toMatchObject({ error: "file_deleted" });
    expect(await callForm(slack, "files.info", { file: hidden })).toMatchObject({ file: { mode: "hidden_by_limit" } });
    expect(await callForm(slack, "files.info", { file: "F404" })).toMatchObject({ error: "file_not_found" });
    const external = await callForm(slack, "files.info", { file: outside });
    expect(external).toMatchObject({
      file: { is_external: true, url_private: expect.stringContaining("drive.google.com") },
    });
    expect(external.file).not.toHaveProperty("url_private_download");
  });
});
