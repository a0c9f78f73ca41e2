import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { broken, faulty, material } from "../../../sandbox/material/files.ts";
import { call, type Lab, lab, looks, started, uploadUrl } from "./gateway-client.ts";

let at: Lab;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cos-"));
  at = await lab({}, dataDir);
});
afterEach(async () => {
  await at.close();
  await rm(dataDir, { recursive: true });
});

/** The result code, and what the message adds to it. */
async function refusal(operation: string, payload: unknown): Promise<string> {
  const { Code, Message } = (await call(at, operation, payload)).Header;
  return `${Code} ${Message}`;
}

const Metric = z.object({
  Value: z.number(),
  QualifiedRange: z.tuple([z.number(), z.number()]),
  Description: z.string(),
});
const Result = z.object({ Snr: Metric, C50: Metric, Clipping: Metric, Duration: Metric, Wer: Metric.optional() });
const Metrics = z.record(z.string(), Metric);

/** Each metric's value, and its name when it is out of the range that came with it. */
async function evaluated(payload: object): Promise<{ values: Record<string, number>; out: string[] }> {
  const told = (await looks(at, "getaudioevaluationstate", await started(at, "audioevaluation", payload))).at(-1);
  const { AlignDetails: _, ...found } = z.looseObject({}).parse(told?.Result);
  const metrics = Object.entries(Metrics.parse(found));
  const isOut = ({ Value, QualifiedRange: [low, high] }: z.infer<typeof Metric>) => Value < low || Value > high;
  return {
    values: Object.fromEntries(metrics.map(([name, metric]) => [name, metric.Value])),
    out: metrics.filter(([, metric]) => isOut(metric)).map(([name]) => name),
  };
}

const detected = async (payload: object) =>
  (await looks(at, "getdetectprogress", await started(at, "detectaudioquality", payload))).at(-1);

describe("evaluation", () => {
  test("goes through its states, one a look, and gives its id as text and as a number in turn", async () => {
    const AudioUrl = await uploadUrl(at, "audio/take-F1.wav", await readFile(material.recordingWav.path));
    const [one, two] = [
      await call(at, "audioevaluation", { AudioUrl }),
      await call(at, "audioevaluation", { AudioUrl }),
    ];
    expect([typeof one.Payload?.TaskId, typeof two.Payload?.TaskId]).toEqual(["string", "number"]);
    const told = await looks(at, "getaudioevaluationstate", String(two.Payload?.TaskId));
    expect(told.map(({ TaskState, Result: found }) => [TaskState, found !== undefined])).toEqual([
      ["CREATED", false],
      ["QUEUING", false],
      ["PROCESSING", false],
      ["SUCCESS", true],
    ]);
  });

  test.each([
    [material.recordingWav, ["Duration"]],
    [faulty.clipped, ["Clipping", "Duration"]],
    [faulty.tooShort, ["Duration"]],
  ])("hears duration and clipping in $name", async ({ path }, out) => {
    const bytes = await readFile(path);
    const AudioUrl = await uploadUrl(at, "audio/take-F1.wav", bytes);
    const found = await evaluated({ AudioUrl, ReferenceText: "hello", Language: "eng" });
    const seconds = (bytes.length - 44) / bytes.readUInt32LE(28);
    expect(found.values).toMatchObject({ Snr: 42.35, C50: 51.8, Wer: 96.5, Duration: seconds });
    expect(found.out).toEqual(out);
  });

  test("finds what was planned for the next one, only for that", async () => {
    const AudioUrl = await uploadUrl(at, "audio/take-F1.wav", await readFile(faulty.tooShort.path));
    at.gateway.nextEvaluation({ snr: 12, c50: 9, duration: 640, wer: 41 });
    const found = await evaluated({ AudioUrl, ReferenceText: "hello" });
    expect(found.values).toEqual({ Snr: 12, C50: 9, Clipping: 0, Duration: 640, Wer: 41 });
    expect(found.out).toEqual(["Snr", "C50", "Wer"]);
    expect((await evaluated({ AudioUrl })).values).toMatchObject({ Snr: 42.35, Duration: 3 });
  });

  test("without a reference text the accuracy is 0, internationally missing; the ranges are the gateway's", async () => {
    const bytes = await readFile(material.recordingWav.path);
    const here = await evaluated({ AudioUrl: await uploadUrl(at, "audio/take-F1.wav", bytes) });
    expect(here.values.Wer).toBe(0);
    const other = await lab({ plays: "international" }, dataDir);
    const AudioUrl = await uploadUrl(other, "audio/take-F1.wav", bytes);
    const told = await looks(other, "getaudioevaluationstate", await started(other, "audioevaluation", { AudioUrl }));
    const found = Result.parse(told.at(-1)?.Result);
    expect([found.Wer, found.Snr.QualifiedRange, found.Clipping.QualifiedRange]).toEqual([
      undefined,
      [30, 100],
      [0, 0],
    ]);
    await other.close();
  });

  test("fails for what is no wav", async () => {
    const AudioUrl = await uploadUrl(at, "audio/take-F1.wav", await readFile(material.recordingMp3.path));
    const told = await looks(at, "getaudioevaluationstate", await started(at, "audioevaluation", { AudioUrl }));
    expect(told.at(-1)).toEqual({ TaskState: "FAIL", ErrorMsg: "audio decode failed" });
  });
});

describe("AudioUrl", () => {
  test("is the full URL of a file that is there, in the right folder, of the right type", async () => {
    const there = await uploadUrl(at, "audio/take-F1.wav");
    const saidOf = (AudioUrl: string) => refusal("audioevaluation", { AudioUrl });
    expect(await saidOf(new URL(there).pathname)).toMatch(/^100002 .*is not a full URL/);
    expect(await saidOf(there.replace("https:", "http:"))).toMatch(/^100002 .*is not in https/);
    expect(await saidOf(there.replace("ivh-", "other-"))).toMatch(/^100002 .*is not in https/);
    expect(await saidOf(there.replace("ap-singapore", "ap-guangzhou"))).toMatch(/^100002 .*is not in https/);
    expect(await saidOf(`${there}?sign=1`)).toMatch(/^100002 .*more than a path/);
    expect(await saidOf(there.replace("take", "./take"))).toMatch(/^100002 .*not written as a URL/);
    expect(await saidOf(there.replace("/audio", "//audio"))).toMatch(/^100002 .*empty/);
    expect(await saidOf(there.replace("take", "%"))).toMatch(/^100002 .*badly encoded/);
    expect(await saidOf(there.replace("F1", "F2"))).toMatch(/^100002 .*does not exist/);
    expect(await saidOf(await uploadUrl(at, "zeroshot/take-F1.wav"))).toMatch(/^100002 .*is not in audio/);
    expect(await saidOf(await uploadUrl(at, "audio/take-F1.ogg"))).toMatch(/^100002 .*is not a .wav/);
    expect(await saidOf(await uploadUrl(at, "audio/my take.wav"))).toMatch(/^100002 .*file name/);
    expect(await saidOf(there)).toMatch(/^0/);
  });

  test("has Chinese characters encoded", async () => {
    const there = await uploadUrl(at, "audio/录音-F1.wav");
    expect(await refusal("audioevaluation", { AudioUrl: decodeURI(there) })).toMatch(/^100002 .*not written as a URL/);
    expect(await refusal("audioevaluation", { AudioUrl: there })).toMatch(/^0/);
  });

  test("of a reading is in zeroshot, in any of its formats", async () => {
    const saidOf = async (file: string) => refusal("detectaudioquality", { AudioUrl: await uploadUrl(at, file) });
    expect(await saidOf("audio/read-F1.mp3")).toMatch(/^100002 .*is not in zeroshot/);
    expect(await saidOf("zeroshot/read-F1.ogg")).toMatch(/^100002 .*is not a .wav or .mp3/);
    for (const extension of ["wav", "mp3", "aac", "m4a", "wma", "asf"]) {
      expect(await saidOf(`zeroshot/read-F1.${extension}`)).toMatch(/^0/);
    }
  });
});

test.each([
  ["audioevaluation", {}, /^100001 .*AudioUrl/],
  ["audioevaluation", { AudioUrl: 7 }, /^100001 .*AudioUrl/],
  ["audioevaluation", { AudioUrl: "x", TextId: "t" }, /^100001 .*TextId/],
  ["audioevaluation", { AudioUrl: "x", ReferenceText: "" }, /^100002 .*ReferenceText/],
  ["audioevaluation", { AudioUrl: "x", Language: "zh" }, /^100002 .*Language/],
  ["gettext", { Language: "fra" }, /^100002 .*Language/],
  ["gettext", { Lang: "chi" }, /^100001 .*Lang/],
  ["detectaudioquality", { TextId: "t" }, /^100001 .*AudioUrl/],
  ["detectaudioquality", { AudioUrl: "x", TextId: "t", ReferenceText: "r" }, /^100001 .*not both/],
  ["detectaudioquality", { AudioUrl: "x", TextId: "t" }, /^100002 .*no such text/],
  ["getaudioevaluationstate", { TaskId: 7 }, /^100001 .*TaskId/],
  ["getaudioevaluationstate", { TaskId: "7" }, /^110006/],
  ["getdetectprogress", { TaskId: "7" }, /^110006/],
])("%s refuses %j", async (operation, payload, said) => {
  expect(await refusal(operation, payload)).toMatch(said);
});

test("a task is asked for where it was started", async () => {
  const task = await started(at, "audioevaluation", { AudioUrl: await uploadUrl(at, "audio/take-F1.wav") });
  expect(await refusal("getdetectprogress", { TaskId: task })).toMatch(/^110006/);
  expect(await refusal("getprogress", { TaskId: task })).toMatch(/^110006/);
});

describe("detection", () => {
  const Texts = z.array(z.object({ TextId: z.string(), Text: z.string() })).min(1);
  const texts = async (payload: object, of = at) => Texts.parse((await call(of, "gettext", payload)).Payload?.Texts);

  test("of a reading of a text in its language", async () => {
    expect(await texts({})).toEqual(await texts({ Language: "chi" }));
    const [first] = await texts({ Language: "eng" });
    expect(first?.Text).toMatch(/^Every morning the harbour/);
    expect((await texts({ Language: "can" }))[0]?.Text).toMatch(/嘅/);
    const AudioUrl = await uploadUrl(at, "zeroshot/read-F1.mp3", await readFile(material.recordingMp3.path));
    const ask = { AudioUrl, TextId: first?.TextId, Language: "eng" };
    expect(await detected(ask)).toMatchObject({ TaskState: "SUCCESS", DetectionCode: 0, AudioId: expect.any(String) });
  });

  test("internationally the texts have no parameters", async () => {
    const other = await lab({ plays: "international" });
    expect((await call(other, "gettext", { Language: "eng" })).Header.Code).toBe(100001);
    expect(await texts({}, other)).not.toEqual([]);
    await other.close();
  });

  test("tells neither code nor AudioId before the end", async () => {
    const AudioUrl = await uploadUrl(at, "zeroshot/read-F1.mp3", await readFile(material.recordingMp3.path));
    const told = await looks(at, "getdetectprogress", await started(at, "detectaudioquality", { AudioUrl }));
    const before = { TaskState: "PROCESSING", AudioId: "", DetectionCode: 0, DetectionMsg: "" };
    expect(told.slice(0, -1)).toEqual([before, before]);
  });

  test.each([
    [material.recordingWav, "SUCCESS", 0],
    [material.recordingM4a, "SUCCESS", 0],
    [faulty.clipped, "SUCCESS", -3],
    [faulty.tooShort, "SUCCESS", -2],
    [broken.recording8khz, "SUCCESS", -1],
    [broken.textRenamedMp4, "FAIL", -1],
  ])("hears $name: %s %i", async ({ name, path }, state, code) => {
    const extension = name.split(".").at(-1)?.replace("mp4", "mp3");
    const AudioUrl = await uploadUrl(at, `zeroshot/read-F1.${extension}`, await readFile(path));
    expect(await detected({ AudioUrl })).toMatchObject({ TaskState: state, DetectionCode: code });
  });

  test("fails for more than 20 MB", async () => {
    const AudioUrl = await uploadUrl(at, "zeroshot/read-F1.wav", Buffer.alloc(20 * 1024 * 1024 + 1));
    expect(await detected({ AudioUrl })).toMatchObject({ TaskState: "FAIL", DetectionCode: -1, AudioId: "" });
  });

  test.each([0, -1, -2, -3] as const)("finds %i when that was planned for the next one", async (code) => {
    const AudioUrl = await uploadUrl(at, "zeroshot/read-F1.mp3");
    at.gateway.nextDetection(code);
    const found = await detected({ AudioUrl, ReferenceText: "hello" });
    expect(found).toMatchObject({ TaskState: "SUCCESS", DetectionCode: code });
    expect(found?.AudioId !== "").toBe(code === 0);
    expect(await detected({ AudioUrl })).toMatchObject({ TaskState: "FAIL" });
  });

  test("a make takes the AudioId that a passed inspection has told, and no other", async () => {
    const fast = { AnchorName: "fast-1", MakeType: "ZERO_SHOT_VOICE", SexType: "FEMALE", ZeroshortLang: "eng" };
    at.gateway.nextDetection(0);
    const found = await detected({ AudioUrl: await uploadUrl(at, "zeroshot/read-F1.mp3") });
    expect(await refusal("make", { ...fast, AudioId: "a-1" })).toMatch(/^100002 .*no such inspection/);
    expect(at.gateway.quota).toBe(1000);
    expect(await refusal("make", { ...fast, AudioId: found?.AudioId })).toMatch(/^0/);
    expect(at.gateway.tasks()).toMatchObject([{ makeType: "ZERO_SHOT_VOICE", stage: "SUBMIT" }]);
  });
});

test("without kept files the first bytes tell what they can", async () => {
  const bare = await lab();
  const ask = async (file: string, path: string) => {
    const AudioUrl = await uploadUrl(bare, file, await readFile(path));
    return (await looks(bare, "getdetectprogress", await started(bare, "detectaudioquality", { AudioUrl }))).at(-1);
  };
  expect(await ask("zeroshot/read-F1.wav", faulty.tooShort.path)).toMatchObject({ DetectionCode: -2 });
  expect(await ask("zeroshot/read-F2.m4a", material.recordingM4a.path)).toMatchObject({ DetectionCode: 0 });
  await bare.close();
});
