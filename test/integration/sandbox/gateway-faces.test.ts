import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { broken, material } from "../../../sandbox/material/files.ts";
import { call, type Lab, lab, looks, send, started, uploadUrl } from "./gateway-client.ts";

let at: Lab;
beforeEach(async () => {
  at = await lab();
});
afterEach(() => at.close());

const ask = async (path = material.photoPng.path, CheckerVersion?: number) => ({
  RequestId: "569ae497-f266-4565-93bd-93aaf822524e",
  ImageUrl: await uploadUrl(at, "photo/face-F1.png", await readFile(path)),
  ...(CheckerVersion !== undefined && { CheckerVersion }),
});
const told = async (payload: object) => looks(at, "getfacedetectstate", await started(at, "facedetect", payload));

/** The result code, and what the message adds to it. */
async function refusal(operation: string, payload: unknown): Promise<string> {
  const { Code, Message } = (await call(at, operation, payload)).Header;
  return `${Code} ${Message}`;
}

test.each([material.photoPng, material.photoJpg, material.photoWebp])("finds one face in $name", async ({ path }) => {
  const states = await told(await ask(path, 2));
  expect(states.map((state) => state.TaskState)).toEqual(["WAITING", "PROCESSING", "SUCCESS"]);
  expect(states.at(-1)).toMatchObject({
    TaskId: expect.any(String),
    ErrorCode: 0,
    IsPassDetect: true,
    Faces: [
      {
        Box: { Left: 384, Top: 576, Width: 384, Height: 384 },
        Yaw: 3.25,
        Pitch: -4.5,
        AreaRatio: 0.0833,
        MaxCrop: { Left: 0, Top: 192, Width: 1152, Height: 1152 },
        MinCrop: { Left: 288, Top: 480, Width: 576, Height: 576 },
      },
    ],
  });
});

test("checker version 1, the default, tells only box and rotation", async () => {
  const Faces = [{ Box: expect.any(Object), Rotation: 0.5 }];
  expect((await told(await ask())).at(-1)).toMatchObject({ IsPassDetect: true, Faces });
});

test.each([
  ["turned", [{ Yaw: -48 }], false],
  ["looking down", [{ Pitch: 35 }], false],
  ["covered", [{ FaceRadio: 0.6, FeatureRadio: 0.5 }], false],
  ["too small", [{ AreaRatio: 0.004 }], false],
  ["several", [{}, {}], false],
  ["none", [], false],
  ["a little turned", [{ Yaw: 12 }], true],
])("faces that were planned: %s", async (_, faces, passed) => {
  at.gateway.nextFaces({ faces });
  const found = (await told(await ask(material.photoPng.path, 2))).at(-1);
  expect(found).toMatchObject({ TaskState: "SUCCESS", IsPassDetect: passed, Faces: faces });
  expect((await told(await ask(material.photoPng.path, 2))).at(-1)).toMatchObject({ IsPassDetect: true });
});

test("a verdict and a failure that were planned", async () => {
  at.gateway.nextFaces({ passed: false });
  expect((await told(await ask())).at(-1)).toMatchObject({ IsPassDetect: false, Faces: [{}] });
  at.gateway.nextFaces({ code: 4001 });
  expect((await told(await ask())).at(-1)).toMatchObject({ TaskState: "FAILED", ErrorCode: 4001 });
});

test("fails for what is no picture", async () => {
  const found = (await told(await ask(broken.textRenamedMp4.path, 2))).at(-1);
  expect(found).toMatchObject({ TaskState: "FAILED", ErrorCode: 1001, ErrorMsg: "image decode failed" });
});

test("is as strict as the rest", async () => {
  const good = await ask();
  const { RequestId: _, ...anonymous } = good;
  expect(await refusal("facedetect", anonymous)).toMatch(/^100001 .*RequestId/);
  expect(await refusal("facedetect", { ...good, ImageUrl: undefined })).toMatch(/^100001 .*ImageUrl/);
  expect(await refusal("facedetect", { ...good, CheckerVersion: "2" })).toMatch(/^100001 .*CheckerVersion/);
  expect(await refusal("facedetect", { ...good, CheckerVersion: 3 })).toMatch(/^100002 .*CheckerVersion/);
  expect(await refusal("facedetect", { ...good, ImageUrl: new URL(good.ImageUrl).pathname })).toMatch(
    /^100002 .*is not a full URL/,
  );
  const ImageUrl = await uploadUrl(at, "audio/face-F1.png");
  expect(await refusal("facedetect", { ...good, ImageUrl })).toMatch(/^100002 .*is not in photo/);
  expect(await refusal("getfacedetectstate", { TaskId: "7" })).toMatch(/^110006/);
});

test("a gateway without face detection has no such route", async () => {
  at.gateway.hasFaceDetection = false;
  for (const operation of ["facedetect", "getfacedetectstate"]) {
    const answer = await send(at, operation, {});
    expect([answer.status, await answer.text()]).toEqual([404, "404 page not found"]);
  }
  expect(at.gateway.hasFaceDetection).toBe(false);
  expect(at.gateway.calls).toEqual([]);
});
