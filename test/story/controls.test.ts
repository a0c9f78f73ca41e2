import { afterEach, describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { material } from "../../sandbox/material/files.ts";
import { turn, waiting } from "../../sandbox/page/server/controls.ts";
import type { Thread } from "../../sandbox/play.ts";
import { isReport, pressWhenShown, sayItWasCreated } from "../../sandbox/play.ts";
import { ask, askForDecision, askReady, cardOf, isTaken, nextPrivate, studio, untilKeys } from "./studio.ts";

const world = studio({ gateway: { plays: "mainland" } });
afterEach(() => turn(world(), "calm", {}));

const knob = (name: string, body: object = {}): Promise<void> => turn(world(), name, body);
const FAST = { factor: 100 };

async function drop(thread: Thread, ...files: { path: string; name: string }[]): Promise<void> {
  await world().people.alice.upload(world().channel, files, { threadTs: thread.ts });
}

const launch = (thread: Thread) => pressWhenShown(thread, world().people.alice, "Launch");
const letterIsThere = (thread: Thread) =>
  thread.until((seen) => isTaken(seen, material.consentLetter.name), "the letter");
const says = (thread: Thread, words: RegExp) => thread.until((seen) => words.test(seen.text), String(words));

describe("the clock", () => {
  it("stands still, goes on by hand, and the training fails", async () => {
    await knob("speed", { factor: 0 });
    const thread = await askReady(world(), { name: "By-hand" });
    await launch(thread);
    await says(thread, /production: handing in/);
    for (const stage of ["checking", "preparing"]) {
      await knob("advance");
      await says(thread, new RegExp(`production: ${stage}`));
    }
    await knob("fail-training");
    expect(waiting(world())).toEqual(["By-hand: fails at TRAIN"]);
    await knob("speed", FAST);
    await says(thread, /no model can be trained from this material/);
  });
});

describe("the vendor", () => {
  it("refuses in the audit", async () => {
    await knob("speed", FAST);
    const thread = await askReady(world(), { name: "Audited" });
    await knob("fail-audit");
    await launch(thread);
    await says(thread, /the material does not pass the review/);
  });

  it("has no quota left, which is told to whoever launches, and then some", async () => {
    const { alice } = world().people;
    const thread = await askReady(world(), { name: "No-quota" });
    await knob("quota", { left: 0 });
    const before = alice.privates().length;
    await launch(thread);
    expect(look(await nextPrivate(world(), "alice", before)).text).toMatch(/quota is used up/);
    await knob("calm");
    await knob("speed", FAST);
    await launch(thread);
    await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
  });

  it("shows a demo that plays, and refuses to train again", async () => {
    const { bob } = world().people;
    await knob("speed", FAST);
    const thread = await askForDecision(world(), { name: "Refused" });
    const before = bob.privates().length;
    await pressWhenShown(thread, bob, "Open the demo");
    const link = /http:[^|>\s]+\/demo\/[^|>\s]+/.exec(look(await nextPrivate(world(), "bob", before)).text)?.[0] ?? "";
    const demo = await fetch(link.replaceAll("&amp;", "&"), { headers: { range: "bytes=0-99" } });
    expect([demo.status, demo.headers.get("content-type")]).toEqual([206, "video/mp4"]);

    await knob("refuse-retrain");
    await pressWhenShown(thread, bob, "Reject…");
    const form = await world().slack.until(() => bob.openViews().at(-1), "the reject form");
    await bob.submit(form.id, { Reason: "the lips" });
    await says(thread, /not good enough for another training/);
    await pressWhenShown(thread, bob, "Confirm");
    await untilKeys(thread);
  });

  it("finds noise in a recording and a face that is turned away, or cannot look for faces at all", async () => {
    const more = { Language: "eng" };
    const voice = await ask(world(), { name: "Noisy", kind: "ZERO_SHOT_VOICE", more });
    const photo = await ask(world(), { name: "Turned", kind: "IMAGE_PHOTO", approvers: [] });
    await knob("recording", { is: "noisy" });
    await knob("turned-face");
    await Promise.all([drop(voice, material.recordingMp3), drop(photo, material.photoPng)]);
    await photo.until((seen) => seen.buttons.includes("Use it anyway") && /turned/i.test(seen.text), "the warning");
    await voice.until((seen) => isReport(seen) && /noisy/.test(seen.text), "the report");
    expect(cardOf(voice).buttons).not.toContain("Launch");
    await knob("switch", { name: "no-face-detection", isOn: true });
    await drop(photo, material.photoJpg);
    await says(photo, /face detection/i);
    await photo.until((seen) => seen.buttons.includes("Launch"), "Launch");
  });
});

describe("the gateway", () => {
  it("answers late", async () => {
    await knob("gateway", { answers: "late" });
    await askReady(world(), { name: "Late" });
    expect(world().gateway.faults.strikes.at(-1)?.fault.type).toBe("slow");
  });

  it("does not answer, until there is calm", async () => {
    const thread = await ask(world(), { name: "Never" });
    await knob("gateway", { answers: "never" });
    await drop(thread, material.consentLetter);
    await world().slack.until(() => waiting(world()).length === 0, "the call that hangs");
    expect(isTaken(cardOf(thread))).toBe(false);
    await knob("calm");
    await letterIsThere(thread);
  });

  it("loses the answer to a launch", async () => {
    await knob("speed", FAST);
    const thread = await askReady(world(), { name: "Lost" });
    await knob("gateway", { answers: "lost" });
    await launch(thread);
    await thread.until((seen) => seen.buttons.includes("It was created…"), "the two buttons");
    const task = world()
      .gateway.tasks()
      .find(({ anchorName }) => anchorName === "Lost");
    await sayItWasCreated(thread, world().people.alice, task?.taskId ?? "");
    await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
  });
});

describe("files", () => {
  it("come once where Slack sends everything twice and ignores ranges", async () => {
    for (const name of ["everything-twice", "ignore-ranges"]) await knob("switch", { name, isOn: true });
    const before = world().cos.objects().length;
    await askReady(world(), { name: "Doubled" });
    expect(world().cos.objects().length - before).toBe(2);
  });

  it("arrive where COS is busy", async () => {
    await knob("cos-503");
    await askReady(world(), { name: "Busy" });
    expect(world().cos.faults.strikes.at(-1)).toMatchObject({ fault: { status: 503 }, nth: 3, of: 3 });
  });

  it("arrive where the credentials end in the middle of an upload", async () => {
    const { cos, slack } = world();
    const thread = await ask(world(), { name: "Ended" });
    cos.faults.plan("PutObject", { type: "slow", delayMs: 300 });
    const before = cos.calls.length;
    await drop(thread, material.consentLetter);
    await slack.until(() => cos.calls.length > before, "an upload");
    await knob("end-credentials");
    await letterIsThere(thread);
    const answers = cos.calls.slice(before).map(({ operation, status }) => `${operation} ${status}`);
    expect(answers).toEqual(expect.arrayContaining(["PutObject 400", "PutObject 200"]));
  });

  it("are refused privately where Slack sends its login page, and arrive when they are dropped again", async () => {
    const { alice } = world().people;
    const thread = await ask(world(), { name: "Login" });
    const before = alice.privates().length;
    await knob("login-page");
    await drop(thread, material.consentLetter);
    expect(look(await nextPrivate(world(), "alice", before)).text).toMatch(/login page/);
    await drop(thread, material.consentLetter);
    await letterIsThere(thread);
  });

  it("arrive where their download is cut", async () => {
    await knob("cut-download");
    await askReady(world(), { name: "Cut" });
    expect(world().slack.faults.strikes.filter(({ fault }) => fault.type === "cut")).toHaveLength(1);
  });
});

describe("the bot", () => {
  it("gets a file that was dropped while its sockets were cut", async () => {
    const thread = await ask(world(), { name: "Dropped" });
    await knob("drop-sockets");
    await drop(thread, material.consentLetter);
    await letterIsThere(thread);
  });

  it("is killed, is away for whoever clicks, and goes on where it was when it is started", async () => {
    const thread = await askReady(world(), { name: "Killed" });
    const { url } = world().bot();
    const states: string[] = [];
    const forget = world().onBotChange(() => states.push(world().botState().is));
    await knob("bot", { do: "kill" });
    await expect(launch(thread)).rejects.toThrow("operation_timeout");
    await expect(knob("bot", { do: "kill" })).rejects.toThrow("The bot is not running.");
    await knob("bot", { do: "start" });
    await expect(knob("bot", { do: "start" })).rejects.toThrow("the bot is running already");
    await knob("bot", { do: "restart" });
    forget();
    expect(states).toEqual([
      "stopped",
      "starting",
      "starting",
      "running",
      "stopped",
      "starting",
      "starting",
      "running",
    ]);
    expect(world().bot().url).toBe(url);
    await knob("speed", FAST);
    await launch(thread);
    await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
  });

  it("is known to have ended when it ends by itself", async () => {
    const { pid } = world().botState();
    const changed = new Promise<void>((seen) => {
      const forget = world().onBotChange(() => {
        forget();
        seen();
      });
    });
    process.kill(pid ?? 0, "SIGTERM");
    await changed;
    expect(world().botState()).toEqual({ is: "stopped", since: expect.any(Number) });
    await knob("bot", { do: "start" });
  });
});

describe("the bot over HTTP", () => {
  const other = studio({ via: "http" });

  it("is found again when it was killed and started", async () => {
    await turn(other(), "bot", { do: "restart" });
    const thread = await ask(other(), { name: "Again" });
    expect(cardOf(thread).text).toContain("Again");
    await expect(turn(other(), "drop-sockets", {})).rejects.toThrow("No socket is open");
  });
});
