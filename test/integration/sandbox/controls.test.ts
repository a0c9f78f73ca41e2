import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { turn, waiting } from "../../../sandbox/page/server/controls.ts";
import { openPage } from "../../../sandbox/page/server/open-page.ts";
import { switches } from "../../../sandbox/page/server/switches.ts";
import { startWorld, type World } from "../../../sandbox/world.ts";
import { put, sdk } from "./cos-client.ts";
import { Credentials, call, confirmation, image, type Lab, made, progress, stage } from "./gateway-client.ts";

/** A world whose bot has not been started, and a clock of the gateway that the test moves. */
const state: { world?: World; close?: () => Promise<void> } = {};
const clock = { now: Date.now() };

beforeEach(async () => {
  const started = await startWorld({ gateway: { now: () => clock.now, plays: "mainland" } });
  const closePage = openPage(started);
  state.world = started;
  state.close = async () => {
    closePage();
    await started.close();
  };
});
afterEach(() => state.close?.());

function world(): World {
  if (!state.world) throw new Error("the world has not started");
  return state.world;
}

function at(): Lab {
  const { cos, gateway } = world();
  return { clock, cos, gateway, close: async () => undefined };
}

async function post(name: string, body: string, headers: Record<string, string> = {}, method = "POST") {
  const sent = method === "POST" ? { body } : {};
  const response = await fetch(`${world().slack.url}/sandbox/controls/${name}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...sent,
  });
  const Answer = z.object({ ok: z.boolean().optional(), error: z.string().optional() });
  return { status: response.status, ...Answer.parse(await response.json()) };
}

let names = 0;
async function task(): Promise<string> {
  names += 1;
  return made(at(), await image(at(), { AnchorName: `Mei${names}` }));
}

describe("over HTTP", () => {
  it("a knob is turned from the page only", async () => {
    expect(await post("quota", '{"left":0}', { origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await post("quota", "", {}, "GET")).toMatchObject({ status: 405 });
    expect(world().gateway.quota).toBe(1000);
    expect(await post("quota", '{"left":0}', { origin: world().slack.url })).toEqual({ status: 200, ok: true });
    expect(world().gateway.quota).toBe(0);
    expect(await post("calm", "")).toEqual({ status: 200, ok: true });
    expect(world().gateway.quota).toBe(1000);
  });

  it.each([
    ["fly", "{}", /^There is no control fly: there are speed, advance, /],
    ["quota", "left", /^the body is not JSON$/],
    ["quota", "{}", /^needs "left"$/],
    ["speed", '{"factor":-1}', /^"factor": Too small: expected number to be >=0$/],
    ["speed", '{"factor":1e9}', /^"factor": Too big/],
    ["recording", '{"is":"loud"}', /^"is": Invalid option: expected one of "noisy"\|"misread"\|"good"$/],
    ["switch", '{"name":"light","isOn":true}', /^"name": Invalid option/],
    ["calm", '{"down":1}', /^"down" is not known$/],
    ["bot", '{"do":"kill"}', /^The bot is not running\.$/],
    ["advance", '{"taskId":"404"}', /^No task 404 is under way\.$/],
    ["drop-sockets", "{}", /^No socket is open: /],
    ["end-credentials", "{}", /^No upload credentials are in use: drop a file first\.$/],
  ])("%s %s is answered with what is wrong", async (name, body, error) => {
    expect(await post(name, body)).toEqual({ status: 400, ok: false, error: expect.stringMatching(error) });
  });
});

describe("the clock", () => {
  it("stands still at 0, is moved by hand, and goes on where it stood", async () => {
    await turn(world(), "speed", { factor: 0 });
    const taskId = await task();
    clock.now += 60_000;
    expect(await stage(at(), taskId)).toBe("SUBMIT WAIT_PROCESS");
    await turn(world(), "advance", { taskId });
    expect(await stage(at(), taskId)).toBe("AUDIT WAIT_PROCESS");
    await turn(world(), "speed", { factor: 10 });
    expect(world().gateway.speed).toBe(10);
    clock.now += 50;
    expect(await stage(at(), taskId)).toBe("AUDIT PROCESSING");
    clock.now += 1_000;
    expect(await stage(at(), taskId)).toBe("CONFIRM WAIT_PROCESS");
  });

  it("is not moved past a decision, and says who waits", async () => {
    await turn(world(), "speed", { factor: 0 });
    const taskId = await task();
    for (let i = 0; i < 4; i += 1) await turn(world(), "advance", { taskId });
    await expect(turn(world(), "advance", { taskId })).rejects.toThrow(/Mei\d+ waits for a decision/);
    const other = await task();
    await turn(world(), "advance", {});
    expect([await stage(at(), taskId), await stage(at(), other)]).toEqual([
      "CONFIRM WAIT_PROCESS",
      "AUDIT WAIT_PROCESS",
    ]);
  });
});

describe("what the vendor does", () => {
  it("the audit fails for tasks that have it before them, and for the next one when there is none", async () => {
    await turn(world(), "speed", { factor: 0 });
    const [early, late] = [await task(), await task()];
    for (let i = 0; i < 2; i += 1) await turn(world(), "advance", { taskId: late });
    await turn(world(), "fail-audit", {});
    expect(waiting(world())).toContain(`Mei${names - 1}: fails at AUDIT`);
    expect(waiting(world())).not.toContain(`Mei${names}: fails at AUDIT`);
    await turn(world(), "speed", { factor: 1000 });
    clock.now += 1_000;
    expect(await progress(at(), early)).toMatchObject({
      Status: "FAIL",
      StageV2: "AUDIT",
      FailMessage: expect.stringContaining("consent"),
    });
    expect(await stage(at(), late)).toBe("CONFIRM WAIT_PROCESS");
    await turn(world(), "fail-audit", {});
    expect(waiting(world())).toEqual(["the next task: fails at AUDIT"]);
    const next = await task();
    clock.now += 1_000;
    expect(await progress(at(), next)).toMatchObject({ Status: "FAIL", StageV2: "AUDIT" });
  });

  it("a training that is planned to fail may be the one after a rejection; a refused one keeps its demo", async () => {
    await turn(world(), "speed", { factor: 1000 });
    const [taskId, other] = [await task(), await task()];
    clock.now += 1_000;
    const reject = (TaskId: string) => call(at(), "customerconfirm", { TaskId, Operate: "REJECT", Reason: "lips" });
    await turn(world(), "fail-training", {});
    await turn(world(), "refuse-retrain", {});
    expect(waiting(world())).toEqual(["the next task: fails at TRAIN", "the next rejection: refused by the vendor"]);
    await reject(other);
    await reject(taskId);
    clock.now += 1_000;
    expect((await confirmation(at(), other)).RejectReason).toContain("not good enough");
    expect(await progress(at(), taskId)).toMatchObject({ Status: "FAIL", StageV2: "TRAIN" });
    expect(waiting(world())).toEqual([]);
  });

  it("one plan for the next recording serves whichever service inspects it", async () => {
    await turn(world(), "recording", { is: "noisy" });
    await turn(world(), "recording", { is: "misread" });
    expect(waiting(world())).toEqual(["the next recording: misread"]);
    const { gateway } = world();
    gateway.nextEvaluation({ snr: 1 });
    expect(waiting(world())).toEqual(["the next recording: misread", "the next recording: as planned"]);
    await turn(world(), "turned-face", {});
    expect(waiting(world()).at(-1)).toBe("the next photo: a face turned by 38°");
  });
});

describe("upload credentials", () => {
  it("that are in use end: COS answers ExpiredToken to them, and takes fresh ones", async () => {
    const ask = async () => {
      const { Credentials: keys, ExpiredTime } = Credentials.parse(
        (await call(at(), "getuploadcredentials", {})).Payload,
      );
      return sdk(world().cos, { ...keys, StartTime: 0, ExpiredTime });
    };
    const client = await ask();
    await turn(world(), "end-credentials", {});
    const where = { Bucket: "ivh-sandbox-1250000000", Key: "customer-pipeline/100011/x/idcard/a.pdf" };
    await expect(put(client, where.Key, Buffer.from("x"), where)).rejects.toMatchObject({
      code: "ExpiredToken",
      statusCode: 400,
    });
    await expect(put(await ask(), where.Key, Buffer.from("x"), where)).rejects.toMatchObject({ code: "AccessDenied" });
  });
});

it("calm takes back all that waits, all switches, the speed and the quota", async () => {
  const knobs: [string, object][] = [
    ["speed", { factor: 0 }],
    ["quota", { left: 0 }],
    ["fail-audit", {}],
    ["refuse-retrain", {}],
    ["recording", { is: "noisy" }],
    ["turned-face", {}],
    ["cos-503", {}],
    ["gateway", { answers: "late" }],
    ["gateway", { answers: "slow" }],
    ["gateway", { answers: "never" }],
    ["gateway", { answers: "lost" }],
    ["gateway-code", { route: "getprogress", code: -101000, times: 3 }],
    ["login-page", {}],
    ["cut-download", {}],
    ["next-file", { as: "canvas" }],
    ["slack-error", { code: "fatal_error" }],
    ["slack-error", { code: "is_archived" }],
    ["switch", { name: "everything-twice", isOn: true }],
    ["switch", { name: "lose-file-messages", isOn: true }],
    ["switch", { name: "no-face-detection", isOn: true }],
    ["switch", { name: "ignore-ranges", isOn: true }],
  ];
  const before = { waiting: waiting(world()), switches: switches(world()) };
  for (const [name, body] of knobs) await turn(world(), name, body);
  expect(waiting(world())).toEqual([
    "the next file: canvas",
    "the next download: login-page",
    "the next download: cut off after 20000 bytes",
    "the next 3 chat.postMessage or chat.update or files.info: fatal_error",
    "the next chat.postMessage: is_archived",
    "the next 6 calls: 2000 ms late",
    "the next 50 calls: 120000 ms late",
    "the next call: no answer",
    "the next make: answer lost",
    "the next 3 getprogress: -101000",
    "the next task: fails at AUDIT",
    "the next rejection: refused by the vendor",
    "the next recording: noisy",
    "the next photo: a face turned by 38°",
    "the next 3 PutObject or UploadPart: 503",
    "every launch: no quota is left",
  ]);
  expect(switches(world())).toEqual({
    "everything-twice": true,
    "lose-file-messages": true,
    "no-face-detection": true,
    "quota-expired": false,
    "quota-odd": false,
    "ignore-ranges": true,
  });
  await turn(world(), "calm", {});
  const { speed, quota } = world().gateway;
  expect({ waiting: waiting(world()), switches: switches(world()), speed, quota }).toEqual({
    ...before,
    waiting: [],
    speed: 1,
    quota: 1000,
  });
});

it("a call that is not answered is let go by calm", async () => {
  await turn(world(), "gateway", { answers: "never" });
  const asked = call(at(), "getuploadcredentials", {});
  const failed = expect(asked).rejects.toMatchObject({ code: "ECONNRESET" });
  await world().slack.until(() => world().gateway.faults.strikes.at(-1)?.fault.type === "hang", "the fault");
  await turn(world(), "calm", {});
  await failed;
});
