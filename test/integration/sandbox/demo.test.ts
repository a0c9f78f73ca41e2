import { readFileSync } from "node:fs";
import { fileTypeFromBuffer } from "file-type";
import fetch from "node-fetch";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demos } from "../../../sandbox/material/files.ts";
import { call, confirmation, image, type Lab, lab, made } from "./gateway-client.ts";

const state: { at?: Lab; taskId?: string } = {};

beforeAll(async () => {
  state.at = await lab();
  state.taskId = await made(state.at, await image(state.at));
  for (let i = 0; i < 4; i += 1) state.at.gateway.advance(state.taskId);
});
afterAll(() => state.at?.close());

function at(): Lab {
  if (!state.at) throw new Error("the gateway has not started");
  return state.at;
}

/** Links to the demo that stands for decision, and to those before it. */
async function links(): Promise<string[]> {
  const { TrainResult, TrainRecord } = await confirmation(at(), state.taskId ?? "");
  return [TrainResult, ...TrainRecord.map(({ Record }) => Record)].flat();
}

test("a demo is a film that plays, and a player may seek in it", async () => {
  const [link = ""] = await links();
  const whole = await fetch(link);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect([whole.status, whole.headers.get("content-type"), whole.headers.get("accept-ranges")]).toEqual([
    200,
    "video/mp4",
    "bytes",
  ]);
  expect((await fileTypeFromBuffer(bytes))?.ext).toBe("mp4");
  // The index stands before the pictures, so that it plays while it loads.
  expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));

  const part = await fetch(link, { headers: { range: "bytes=100-199" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-199/${bytes.length}`]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
  const end = await fetch(link, { headers: { range: "bytes=-5" } });
  expect(Buffer.from(await end.arrayBuffer())).toEqual(bytes.subarray(-5));
  expect((await fetch(link, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
});

test("HEAD tells its size and sends none of it", async () => {
  const [link = ""] = await links();
  const head = await fetch(link, { method: "HEAD" });
  const size = readFileSync(demos.films[0].path).length;
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, String(size), ""]);
  expect((await fetch(link, { method: "POST" })).status).toBe(405);
});

test("a link that has ended says so in words; a new one opens", async () => {
  const [old = ""] = await links();
  at().clock.now += 3_600_000;
  const ended = await fetch(old);
  expect([ended.status, ended.headers.get("content-type")]).toEqual([403, "application/xml"]);
  expect(await ended.text()).toMatch(/<Code>AccessDenied<\/Code>\s*<Message>Request has expired<\/Message>/);
  expect((await fetch(old, { method: "HEAD" })).status).toBe(403);
  const [fresh = ""] = await links();
  expect((await fetch(fresh)).status).toBe(200);
  const forged = await fetch(fresh.replace(/sign=./, "sign=z"));
  expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining("SignatureDoesNotMatch")]);
});

test("each of the first rounds has another film, the later ones share one", async () => {
  for (let round = 1; round <= 4; round += 1) {
    await call(at(), "customerconfirm", { TaskId: state.taskId, Operate: "REJECT", Reason: "lips" });
    at().gateway.advance(state.taskId ?? "");
  }
  const all = await links();
  const films = await Promise.all(all.map(async (link) => (await (await fetch(link)).buffer()).toString("base64")));
  expect(films).toHaveLength(5);
  expect(new Set(films).size).toBe(demos.films.length);
});

test("together they are small", () => {
  const sizes = [...demos.films, ...demos.sounds].map(({ path }) => readFileSync(path).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
});
