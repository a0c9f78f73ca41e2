import { afterEach, beforeEach, expect, it } from "vitest";
import type { Activity, BotState } from "../../../sandbox/page/contract.ts";
import { ActivityLog } from "../../../sandbox/page/server/activity-log.ts";
import { watchBehind } from "../../../sandbox/page/server/watch-behind.ts";
import type { World } from "../../../sandbox/world.ts";
import { startWorld } from "../../../sandbox/world.ts";
import { call, type Lab } from "./gateway-client.ts";

let world: World;
let at: Lab;
let bot: BotState;
let exitCode: number | null;
let log: ActivityLog;
let look: () => void;
let troubles: string[];

beforeEach(async () => {
  world = await startWorld();
  at = { ...world, clock: { now: Date.now() } };
  exitCode = 0;
  bot = { is: "stopped", since: 0 };
  troubles = [];
  log = new ActivityLog(
    [],
    () => undefined,
    () => undefined,
  );
  const ended = { url: "", pid: 99, log: [], stop: async () => 0, kill: async () => undefined };
  look = watchBehind(
    { ...world, botState: () => bot, bot: () => ({ ...ended, exited: Promise.resolve(exitCode) }) },
    log,
    () => 7,
    (said) => troubles.push(said),
  );
});
afterEach(() => world.close());

const told = (): Activity[] => log.after(0).all.map((one) => JSON.parse(one));

it("tells of a gateway call what it asked for, what it was answered, and what one looks for in it", async () => {
  await call(at, "getuploadcredentials", {});
  await call(at, "customerconfirm", { TaskId: "1", Operate: "AGREE" });
  look();
  expect(told()).toMatchObject([
    {
      from: "gateway",
      title: "getuploadcredentials → 0",
      details: { answer: { Credentials: { Token: "[blanked]" } } },
    },
    {
      title: "customerconfirm → 110006",
      isWell: false,
      line: expect.stringContaining("1"),
      details: { Payload: { TaskId: "1" } },
    },
  ]);
});

it("leaves out looks that bring the same again", async () => {
  for (const TaskId of ["1", "1", "2", "1"]) await call(at, "getprogress", { TaskId });
  look();
  expect(told().map(({ details }) => details)).toMatchObject([
    { Payload: { TaskId: "1" } },
    { Payload: { TaskId: "2" } },
  ]);
});

it("tells of a call that is not answered yet, and then of its answer in the same place", async () => {
  world.gateway.faults.plan("getuploadcredentials", { type: "slow", delayMs: 300 });
  const answered = call(at, "getuploadcredentials", {});
  const titles = (): string[] => {
    look();
    return told().map(({ title }) => title);
  };
  const late = "300 ms late on getuploadcredentials (1 of 1)";
  await expect.poll(titles, { interval: 10 }).toEqual([late, "getuploadcredentials"]);
  await answered;
  expect(titles()).toEqual([late, "getuploadcredentials → 0"]);
});

it.each([
  [0, "stopped", true, []],
  [null, "killed", false, []],
  [1, "ended by itself with 1", false, ["The bot has ended by itself with 1; its log says why."]],
] as const)("tells of a bot that ends with %s", async (code, title, isWell, said) => {
  exitCode = code;
  bot = { is: "starting", since: 1 };
  look();
  bot = { is: "running", since: 2, pid: 99 };
  look();
  look();
  bot = { is: "stopped", since: 3 };
  look();
  await expect.poll(told).toHaveLength(3);
  expect(told()).toMatchObject([
    { from: "bot", at: 1, title: "starting", isWell: true },
    { at: 2, title: "running", line: "pid 99" },
    { at: 3, title, isWell },
  ]);
  expect(troubles).toEqual(said);
});

it("tells of a bot that ends before it was ready", () => {
  bot = { is: "starting", since: 1 };
  look();
  bot = { is: "stopped", since: 3 };
  look();
  expect(told()[1]).toMatchObject({ title: "ended before it was ready", isWell: false });
});
