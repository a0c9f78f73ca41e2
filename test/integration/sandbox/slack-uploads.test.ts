import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";

const Answer = z.looseObject({ ok: z.boolean(), id: z.string().optional(), error: z.string().optional() });

let dataDir: string;
let slack: SandboxSlack;
let alice: Person;
let channel: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "sandbox-uploads-"));
  slack = await startSlack({ dataDir });
  alice = slack.person(slack.addUser({ name: "alice" }));
  channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice.id] });
});
afterEach(async () => {
  await slack.close();
  await rm(dataDir, { recursive: true });
});

async function stage(name: string, body: string): Promise<string> {
  const response = await fetch(`${slack.url}/sandbox/files?name=${encodeURIComponent(name)}`, { method: "POST", body });
  return Answer.parse(await response.json()).id ?? "";
}

/** A file as a person dropped it. @returns its id */
async function drop(name: string, body: string): Promise<string> {
  const ask = JSON.stringify({ channel, files: [await stage(name, body)] });
  await fetch(`${slack.url}/sandbox/people/${alice.id}/upload`, { method: "POST", body: ask });
  return String(slack.messages(channel).at(-1)?.files?.[0]?.id);
}

const show = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${slack.url}/sandbox/files/${id}`, { headers });

describe("files that people send", () => {
  it.each(["a b.mp4", "小美 (1).png", "../../etc/passwd", "a&name=b?#.pdf", 'quote".zip', "line\nbreak.wav", "🎬.mov"])(
    "may be called %j",
    async (name) => {
      const id = await drop(name, "hello");
      expect(slack.messages(channel).at(-1)).toMatchObject({ files: [{ name, size: 5 }] });
      expect(await (await show(id)).text()).toBe("hello");
      expect(await readdir(dataDir)).toEqual([expect.stringMatching(/^S\w+$/)]);
    },
  );

  it("leave nothing behind when they break off", async () => {
    const sending = request(`${slack.url}/sandbox/files?name=big.mp4`, { method: "POST" });
    sending.on("error", () => undefined);
    sending.write("the first of many");
    await expect.poll(() => readdir(dataDir)).toHaveLength(1);
    sending.destroy();
    await expect.poll(() => readdir(dataDir)).toEqual([]);
  });

  it("are refused beyond 1 GB before they have come", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = { "content-length": String(1024 ** 3 + 1) };
      const sending = request(`${slack.url}/sandbox/files?name=big.mp4`, { method: "POST", headers }, (response) => {
        response.setEncoding("utf8").once("data", resolve);
        response.on("end", () => sending.destroy());
      });
      sending.on("error", reject).write("x");
    });
    expect(Answer.parse(JSON.parse(answer))).toMatchObject({
      error: "uploading big.mp4: Slack takes files up to 1 GB",
    });
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe("files that people look at", () => {
  it("come with their type, whole or in ranges", async () => {
    const id = await drop("film.mp4", "0123456789");
    const whole = await show(id);
    expect([whole.status, whole.headers.get("content-type"), whole.headers.get("accept-ranges")]).toEqual([
      200,
      "video/mp4",
      "bytes",
    ]);
    const part = await show(id, { range: "bytes=2-4" });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
    expect((await show(id, { range: "bytes=20-" })).status).toBe(416);
  });

  it("run nothing in a browser, and are no other page's", async () => {
    const html = await show(await drop("page.html", "<script>alert(1)</script>"));
    expect(html.headers.get("content-type")).toBe("application/octet-stream");
    expect(html.headers.get("x-content-type-options")).toBe("nosniff");
    expect(html.headers.get("content-security-policy")).toBe("script-src 'none'");
    expect((await show("F1", { origin: "https://evil.example" })).status).toBe(403);
  });

  it("are gone when they were deleted, or never were", async () => {
    const id = await drop("a.pdf", "x");
    slack.deleteFile(id);
    expect([(await show(id)).status, (await show("F404")).status]).toEqual([404, 404]);
  });
});
