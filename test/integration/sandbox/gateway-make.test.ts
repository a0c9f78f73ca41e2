import { afterEach, beforeEach, expect, test } from "vitest";
import { call, image, type Lab, lab, made, photo, upload } from "./gateway-client.ts";

let at: Lab;
beforeEach(async () => {
  at = await lab();
});
afterEach(() => at.close());

/** The result code, and what the message adds to it. */
async function refusal(payload: unknown): Promise<string> {
  const { Code, Message } = (await call(at, "make", payload)).Header;
  return `${Code} ${Message}`;
}

test("makes a task, takes one quota, and gives the id as text and as a number in turn", async () => {
  const text = await call(at, "make", await image(at));
  const number = await call(at, "make", await photo(at));
  expect([typeof text.Payload?.TaskId, typeof number.Payload?.TaskId]).toEqual(["string", "number"]);
  expect(at.gateway.quota).toBe(998);
  expect(at.gateway.tasks()).toMatchObject([
    {
      taskId: text.Payload?.TaskId,
      anchorName: "李雷_1",
      makeType: "IMAGE",
      stage: "SUBMIT",
      status: "MAKING",
      round: 1,
    },
    { taskId: String(number.Payload?.TaskId), anchorName: "photo-1", makeType: "IMAGE_PHOTO" },
  ]);
});

test("takes every field that is published", async () => {
  const payload = await image(at, {
    Notes: "n".repeat(100),
    TextDriver: "大家好，我是",
    VoiceDriverCosFile: await upload(at, "audio/driver-F9.wav"),
    TimbreInfo: { TimbreCode: "male_1", Speed: "1.2", IsWithTimbre: true },
    IsHaveBackground: true,
    RemoveBackground: 2,
    ZeroshortLang: "eng",
    PhotoVersion: 1,
    IdentityWrittenCosUrl: await upload(at, "idcard/letter-F8.pdf"),
  });
  await made(at, payload);
  expect(at.gateway.tasks()[0]?.payload).toEqual(payload);
});

test("quota used up is 100008, and nothing is made", async () => {
  at.gateway.quota = 0;
  expect(await refusal(await image(at))).toBe("100008 Exceed quota limit");
  expect(at.gateway.tasks()).toEqual([]);
});

test("a name is unique in the account until its task fails", async () => {
  const payload = await image(at);
  at.gateway.failAt("next", "SUBMIT", "unreadable");
  await made(at, payload);
  expect(await refusal(payload)).toMatch(/^100002 .*AnchorName 李雷_1 already exists/);
  at.clock.now += 1000;
  await made(at, payload);
  expect(at.gateway.tasks().map((t) => t.status)).toEqual(["FAIL", "MAKING"]);
});

test.each([
  [{ AnchorName: undefined }, /^100001 .*AnchorName/],
  [{ MakeType: undefined }, /^100001 .*MakeType/],
  [{ SexType: undefined }, /^100001 .*SexType/],
  [{ IdentityCosUrl: undefined }, /^100001 .*IdentityCosUrl or IdentityWrittenCosUrl/],
  [{ MaterialCosUrl: undefined }, /^100001 .*MaterialCosUrl/],
  [{ Colour: "red" }, /^100001 .*Colour/],
  [{ Notes: 7 }, /^100001 .*Notes/],
  [{ PhotoVersion: "0" }, /^100001 .*PhotoVersion/],
  [{ AnchorName: "x" }, /^100002 .*AnchorName/],
  [{ AnchorName: "a b" }, /^100002 .*AnchorName/],
  [{ MakeType: "IMAGE_8K" }, /^100002 .*MakeType/],
  [{ SexType: "male" }, /^100002 .*SexType/],
  [{ Notes: "n".repeat(101) }, /^100002 .*Notes/],
  [{ Notes: "😀".repeat(51) }, /^100002 .*Notes/],
  [{ TextDriver: "abc" }, /^100002 .*TextDriver/],
  [{ TextDriver: "a".repeat(1001) }, /^100002 .*TextDriver/],
  [{ TimbreInfo: { TimbreCode: "t", Speed: "1.6" } }, /^100002 .*TimbreInfo.Speed/],
  [{ RemoveBackground: 3 }, /^100002 .*RemoveBackground/],
  [{ PhotoVersion: 2 }, /^100002 .*PhotoVersion/],
])("refuses %j", async (wrong, said) => {
  expect(await refusal(await image(at, wrong))).toMatch(said);
  expect(at.gateway.tasks()).toEqual([]);
  expect(at.gateway.quota).toBe(1000);
});

test("a CosUrl is /{coskey} of a file that is there, in the right folder, of the right type", async () => {
  const there = await upload(at, "video/footage-F2.mov");
  const saidOf = async (MaterialCosUrl: string) => refusal(await image(at, { MaterialCosUrl }));
  expect(await saidOf(`https://ivh-sandbox-1250000000.cos.ap-singapore.myqcloud.com${there}`)).toMatch(
    /^100002 .*is a URL/,
  );
  expect(await saidOf(there.slice(1))).toMatch(/^100002 .*one slash/);
  expect(await saidOf(`/${there}`)).toMatch(/^100002 .*one slash/);
  expect(await saidOf(there.replace("/video", "//video"))).toMatch(/^100002 .*empty/);
  expect(await saidOf(there.replace("/video", "/../video"))).toMatch(/^100002 .*dotted/);
  expect(await saidOf(there.replace("F2", "F3"))).toMatch(/^100002 .*does not exist/);
  expect(await saidOf(await upload(at, "photo/face-F3.mov"))).toMatch(/^100002 .*is not in video/);
  expect(await saidOf(await upload(at, "video/footage.avi"))).toMatch(/^100002 .*is not a .mp4 or .mov/);
  expect(await saidOf(await upload(at, "video/my footage.mp4"))).toMatch(/^100002 .*file name/);
  expect(await saidOf(there)).toMatch(/^0/);
});

test("each kind needs its own materials", async () => {
  const letter = await upload(at, "idcard/letter-F1.pdf");
  const zip = await upload(at, "audio/voice-F2.zip");
  const voice = { AnchorName: "voice-1", MakeType: "VOICE", SexType: "FEMALE", MaterialCosUrl: zip };
  expect(await refusal(voice)).toMatch(/^100001 .*Identity/);
  expect(await refusal({ ...voice, IdentityCosUrl: letter })).toMatch(/^100002 .*is not a .mp4/);
  expect(await refusal({ ...voice, IdentityWrittenCosUrl: letter })).toMatch(/^0/);
  expect(await refusal(await photo(at))).toMatch(/^0/);
  expect(await refusal(await photo(at, { AnchorName: "p2", MaterialCosUrl: zip }))).toMatch(
    /^100002 .*is not in photo/,
  );
  const fast = { AnchorName: "fast-1", MakeType: "ZERO_SHOT_VOICE", SexType: "FEMALE" };
  expect(await refusal(fast)).toMatch(/^100001 .*AudioId/);
  expect(await refusal({ ...fast, AudioId: "a-1" })).toMatch(/^100002 .*no such inspection/);
});

test("a lost answer has made the task; a refused call has not", async () => {
  const payload = await image(at);
  at.gateway.faults.plan("make", { type: "lost-answer" });
  await expect(call(at, "make", payload)).rejects.toThrow();
  expect(await refusal(payload)).toMatch(/already exists/);
  at.gateway.faults.plan("make", { type: "code", code: 100000 });
  expect(await refusal(await photo(at))).toMatch(/^100000 Internal/);
  expect(at.gateway.tasks()).toHaveLength(1);
  expect(at.gateway.quota).toBe(999);
});
