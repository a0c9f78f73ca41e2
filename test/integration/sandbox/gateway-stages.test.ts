import fetch from "node-fetch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bare, call, confirmation, image, type Lab, lab, made, photo, progress, stage } from "./gateway-client.ts";

let at: Lab;
beforeEach(async () => {
  at = await lab();
});
afterEach(() => at.close());

const confirm = async (TaskId: string, Operate: string, Reason?: string) =>
  (await call(at, "customerconfirm", { TaskId, Operate, ...(Reason === undefined ? {} : { Reason }) })).Header.Code;

/** A task that waits for its first decision. */
async function atConfirm(): Promise<string> {
  const taskId = await made(at, await image(at));
  for (let i = 0; i < 4; i += 1) at.gateway.advance(taskId);
  return taskId;
}

describe("stages", () => {
  test("go by the clock, through all of them, and stop at the decision", async () => {
    const taskId = await made(at, await image(at));
    const seen = [];
    for (let ms = 0; ms <= 4500; ms += 500) {
      seen.push(await stage(at, taskId));
      at.clock.now += 500;
    }
    expect(seen).toEqual([
      "SUBMIT WAIT_PROCESS",
      "SUBMIT PROCESSING",
      "AUDIT WAIT_PROCESS",
      "AUDIT PROCESSING",
      "PROCESS WAIT_PROCESS",
      "PROCESS PROCESSING",
      "TRAIN WAIT_PROCESS",
      "TRAIN PROCESSING",
      "CONFIRM WAIT_PROCESS",
      "CONFIRM WAIT_PROCESS",
    ]);
    expect(await progress(at, taskId)).toMatchObject({ Status: "MAKING", FailMessage: "" });
  });

  test("a stage is SUCCESS before the next one begins, and StageInfo is empty but at the decision", async () => {
    const taskId = await made(at, await image(at));
    at.clock.now += 900;
    expect(await progress(at, taskId)).toMatchObject({
      Status: "MAKING",
      StageV2: "SUBMIT",
      StatusV2: "SUCCESS",
      StageInfo: "",
    });
  });

  test("a photo avatar has no decision", async () => {
    const taskId = await made(at, await photo(at));
    at.clock.now += 4000;
    expect(await progress(at, taskId)).toMatchObject({ Status: "SUCCESS", StageV2: "END", StatusV2: "SUCCESS" });
    expect(await confirm(taskId, "AGREE")).toBe(100002);
  });

  test("the clock can be sped up, without a jump", async () => {
    const taskId = await made(at, await image(at));
    at.clock.now += 600;
    at.gateway.setSpeed(10);
    expect(await stage(at, taskId)).toBe("SUBMIT PROCESSING");
    at.clock.now += 45;
    expect(await stage(at, taskId)).toBe("AUDIT WAIT_PROCESS");
  });

  test("can be moved by hand, but not past the decision", async () => {
    const taskId = await atConfirm();
    at.gateway.advance(taskId);
    expect(await stage(at, taskId)).toBe("CONFIRM WAIT_PROCESS");
  });

  test("fail where it was planned, with the vendor's reason", async () => {
    at.gateway.failAt("next", "AUDIT", "授权书不清晰");
    const one = await made(at, await image(at));
    const two = await made(at, await photo(at));
    at.gateway.failAt(two, "TRAIN", "the face is covered");
    at.clock.now += 10_000;
    expect(await progress(at, one)).toMatchObject({
      Status: "FAIL",
      StageV2: "AUDIT",
      StatusV2: "FAIL",
      FailMessage: "授权书不清晰",
    });
    expect(await progress(at, two)).toMatchObject({
      Status: "FAIL",
      StageV2: "TRAIN",
      FailMessage: "the face is covered",
    });
  });

  test("an unknown task is 110006, and a TaskId is text", async () => {
    expect((await call(at, "getprogress", { TaskId: "404" })).Header.Code).toBe(110006);
    expect((await call(at, "getprogress", { TaskId: 404 })).Header.Code).toBe(100001);
    expect(await confirm("404", "AGREE")).toBe(110006);
  });
});

describe("the decision", () => {
  test("StageInfo is JSON in JSON and has a demo that opens until its link ends", async () => {
    const taskId = await atConfirm();
    const { TrainResult, RejectReason, TrainRecord } = await confirmation(at, taskId);
    expect([TrainResult.length, RejectReason, TrainRecord]).toEqual([1, "", []]);
    const demo = await fetch(TrainResult[0] ?? "");
    expect([demo.status, demo.headers.get("content-type")]).toEqual([200, "video/mp4"]);
    expect((await fetch(`${bare(TrainResult[0])}`)).status).toBe(403);

    at.clock.now += 3_601_000;
    expect((await fetch(TrainResult[0] ?? "")).status).toBe(403);
    const later = (await confirmation(at, taskId)).TrainResult;
    expect(later).not.toEqual(TrainResult);
    expect(bare(later[0])).toBe(bare(TrainResult[0]));
    expect((await fetch(later[0] ?? "")).status).toBe(200);
  });

  test("AGREE ends the task, with assets", async () => {
    const taskId = await atConfirm();
    expect((await progress(at, taskId)).AssetList).toEqual([]);
    expect(await confirm(taskId, "AGREE")).toBe(0);
    const end = await progress(at, taskId);
    expect(end).toMatchObject({ Status: "SUCCESS", StageV2: "END", StatusV2: "SUCCESS", StageInfo: "" });
    expect(end.AssetList).toMatchObject([{ VirtualmanKey: expect.stringMatching(/^[\da-f]{32}$/), MakeType: "IMAGE" }]);
    expect(await confirm(taskId, "AGREE")).toBe(100002);
  });

  test("REJECT trains again: another demo, and the older one in the record", async () => {
    const taskId = await atConfirm();
    const first = (await confirmation(at, taskId)).TrainResult;
    expect(await confirm(taskId, "REJECT")).toBe(100001);
    expect(await confirm(taskId, "REJECT", " ")).toBe(100001);
    expect(await confirm(taskId, "REJECT", "😀".repeat(151))).toBe(100002);
    expect(await confirm(taskId, "REJECT", "😀".repeat(150))).toBe(0);
    expect(await stage(at, taskId)).toBe("TRAIN WAIT_PROCESS");
    expect(await confirm(taskId, "AGREE")).toBe(100002);

    at.clock.now += 1000;
    const { TrainResult, TrainRecord } = await confirmation(at, taskId);
    expect(bare(TrainResult[0])).not.toBe(bare(first[0]));
    expect(TrainRecord.map((r) => r.Record.map(bare))).toEqual([first.map(bare)]);
    expect(TrainRecord[0]?.StartTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(at.gateway.tasks()[0]).toMatchObject({ round: 2, stage: "CONFIRM" });
  });

  test("a refused retrain comes back with the same demo and the reason", async () => {
    const taskId = await atConfirm();
    const first = (await confirmation(at, taskId)).TrainResult;
    at.gateway.refuseRetrain("next", "素材质量不足");
    expect(await confirm(taskId, "REJECT", "lips")).toBe(0);
    expect(await progress(at, taskId)).toMatchObject({ StageV2: "CONFIRM", StatusV2: "PROCESSING", StageInfo: "" });
    expect(await confirm(taskId, "AGREE")).toBe(100002);

    at.clock.now += 1000;
    const again = await confirmation(at, taskId);
    expect([again.RejectReason, again.TrainResult.map(bare), again.TrainRecord]).toEqual([
      "素材质量不足",
      first.map(bare),
      [],
    ]);
    expect(at.gateway.tasks()[0]?.round).toBe(2);
    expect(await confirm(taskId, "AGREE")).toBe(0);
  });

  test("a stale report shows the old demo for some looks", async () => {
    const taskId = await atConfirm();
    const first = (await confirmation(at, taskId)).TrainResult;
    at.gateway.staleConfirm(taskId, 2);
    await confirm(taskId, "REJECT", "lips");
    expect((await confirmation(at, taskId)).TrainResult.map(bare)).toEqual(first.map(bare));
    expect(await stage(at, taskId)).toBe("CONFIRM WAIT_PROCESS");
    expect(await stage(at, taskId)).toBe("TRAIN WAIT_PROCESS");
  });

  test("may be taken elsewhere", async () => {
    const taskId = await atConfirm();
    at.gateway.decideElsewhere(taskId, "REJECT");
    expect(await stage(at, taskId)).toBe("TRAIN WAIT_PROCESS");
    at.gateway.advance(taskId);
    at.gateway.decideElsewhere(taskId, "AGREE");
    expect(await progress(at, taskId)).toMatchObject({ Status: "SUCCESS" });
  });
});

test("the international gateway names assets only for photo avatars", async () => {
  await at.close();
  at = await lab({ plays: "international" });
  const [avatar, face] = [await atConfirm(), await made(at, await photo(at))];
  await confirm(avatar, "AGREE");
  at.clock.now += 10_000;
  expect(await progress(at, avatar)).not.toHaveProperty("AssetList");
  expect((await progress(at, face)).AssetList).toMatchObject([{ MakeType: "IMAGE_PHOTO" }]);
});

test("StageInfo may come escaped once, or as the vendor's page prints it", async () => {
  await at.close();
  at = await lab({ stageInfo: "once", demoBaseUrl: "https://demo.example" });
  const once = (await progress(at, await atConfirm())).StageInfo;
  expect(JSON.parse(once)).toMatchObject({ TrainResult: [expect.stringMatching(/^https:\/\/demo\.example\/demo\//)] });
  await at.close();
  at = await lab({ stageInfo: "unquoted" });
  const printed = (await progress(at, await atConfirm())).StageInfo;
  expect(printed).toMatch(/^\{\\"TrainResult\\":\[/);
});
