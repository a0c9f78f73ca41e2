import { describe, expect, it } from "vitest";
import type { Ports } from "../../../src/core/ports.ts";
import type { Drop } from "../../../src/core/thread-ports.ts";
import { acceptDrop } from "../../../src/flow/accept-upload.ts";
import { decide } from "../../../src/flow/decide.ts";
import { claimTask, launch, launchAgain } from "../../../src/flow/launch.ts";
import { announceRequest, openRequest } from "../../../src/flow/open-request.ts";
import { resume } from "../../../src/flow/resume.ts";
import { tick } from "../../../src/flow/ticker.ts";
import type { Transfers } from "../../../src/flow/transfers.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { TEAM } from "../../fixtures/customization-fixture.ts";
import type { World } from "../../twins/twins.ts";
import { demo, processIn, success, world } from "../../twins/twins.ts";
import { alice, bob } from "./bench.ts";

/** What each story drops into the thread: id, name and content, and what its people are told once. */
const STORIES = {
  IMAGE: { files: [["consent.pdf", "pdf"] as const, ["footage.mp4", "mp4"] as const], told: ["demo", "done"] },
  IMAGE_PHOTO: { files: [["face.png", "png"] as const], told: ["done"] },
  VOICE: {
    files: [["consent.pdf", "pdf"] as const, ["takes.zip", "zip"] as const, ["recording.wav", "wav"] as const],
    told: ["check-report", "demo", "done"],
  },
  ZERO_SHOT_VOICE: { files: [["reading.mp3", "mp3"] as const], told: ["texts", "check-report", "demo", "done"] },
};
type Kind = keyof typeof STORIES;
const KINDS = ["IMAGE", "IMAGE_PHOTO", "VOICE", "ZERO_SHOT_VOICE"] as const;

const FORM = {
  formId: "V1",
  name: "Anchor-1",
  sex: "MALE",
  requester: alice,
  approvers: [bob.id],
  conversation: { team: TEAM, channel: "C1", visibility: "public" },
} as const;

function dropOf(kind: Kind): Drop {
  return { ts: "300.1", text: "", by: alice, files: STORIES[kind].files.map(([name]) => ({ fileId: name, name: "" })) };
}

/** A world in which the vendor is content with everything. */
function worldOf(kind: Kind): World {
  const w = world();
  for (const [name, format] of STORIES[kind].files) w.files.put(name, name, format);
  w.voices.evaluation = async () => ({ type: "evaluated", metrics: [{ name: "snr", value: 40, low: 30 }] });
  w.voices.detection = async () => ({ type: "detected", code: 0, said: "", audioId: "audio-1" });
  return w;
}

/** Kills the process at the n-th border of a step: before an effect it never happens, after it nobody hears of it. */
class Death {
  #steps = 0;
  readonly #at: number;
  dead = false;
  readonly moment: Promise<void>;
  #die: () => void = () => undefined;
  during = "";

  constructor(at: number) {
    this.#at = at;
    this.moment = new Promise((die) => {
      this.#die = die;
    });
  }

  async step<T>(what: string, effect: () => Promise<T>): Promise<T> {
    await this.#border(`before ${what}`);
    const result = await effect();
    await this.#border(`after ${what}`);
    return result;
  }

  async #border(where: string): Promise<void> {
    this.#steps += 1;
    if (this.#steps === this.#at) {
      this.dead = true;
      this.during = where;
      this.#die();
    }
    if (this.dead) await new Promise(() => undefined);
  }
}

/** Every effect that a process has outside, with a border on either side. */
function mortal(ports: Ports, death: Death): Ports {
  const { store, studio, vault, card, files, voices, faces } = ports;
  return {
    ...ports,
    store: {
      ...store,
      create: (draft) => death.step("create", () => store.create(draft)),
      replace: (next, lease) => death.step(`write ${next.state}`, () => store.replace(next, lease)),
    },
    studio: {
      make: (order) => death.step("make", () => studio.make(order)),
      confirm: (ask) => death.step("customerconfirm", () => studio.confirm(ask)),
      progress: (id) => death.step("getprogress", () => studio.progress(id)),
    },
    vault: { relay: (job) => death.step("relay", () => vault.relay(job)) },
    files: { inspect: (id) => death.step("inspect", () => files.inspect(id)) },
    voices: {
      texts: (language) => death.step("gettext", () => voices.texts(language)),
      evaluate: (ask) => death.step("audioevaluation", () => voices.evaluate(ask)),
      evaluation: (id) => death.step("getaudioevaluationstate", () => voices.evaluation(id)),
      detect: (ask) => death.step("detectaudioquality", () => voices.detect(ask)),
      detection: (id) => death.step("getdetectprogress", () => voices.detection(id)),
    },
    faces: {
      detect: (url) => death.step("facedetect", () => faces.detect(url)),
      detection: (id) => death.step("getfacedetectstate", () => faces.detection(id)),
    },
    card: {
      show: (c, urgency) => death.step("show", () => card.show(c, urgency)),
      forget: (c) => card.forget(c),
      deliver: (c, notice, there) => death.step("deliver", () => card.deliver(c, notice, there)),
    },
  };
}

/** What the people do, from what they see: each acts once more where nothing has come of it. */
async function story(kind: Kind, w: World, ports: Ports, uploads: Transfers, alive: () => boolean): Promise<void> {
  for (let round = 0; round < 80 && alive(); round += 1) {
    const c = (await w.store.list())[0];
    if (!c) {
      const opened = await openRequest(ports, { ...FORM, kind });
      if ("opened" in opened) await announceRequest(ports, opened.opened.id);
    } else if (w.threads.posted.length === 0) {
      w.threads.posted.push(dropOf(kind));
      await acceptDrop(ports, uploads, c.id, dropOf(kind));
    } else if (c.state === "ready") await launch(ports, { id: c.id, revision: c.revision, who: alice });
    else if (c.state === "launch-unknown") {
      const taskId = [...w.studio.reports.keys()][0];
      await (taskId
        ? claimTask(ports, { id: c.id, taskId, who: alice })
        : launchAgain(ports, { id: c.id, who: alice }));
    } else if (c.state === "running") {
      const task = c.task?.id ?? "";
      if (w.studio.reports.get(task)?.stage === "AUDIT")
        w.studio.reports.set(task, kind === "IMAGE_PHOTO" ? success() : demo());
      w.clock.advance(30_000);
      await tick(ports, uploads);
    } else if (c.state === "awaiting-decision" || c.state === "decision-unknown") {
      await decide(ports, { id: c.id, round: c.rounds.length, operate: "AGREE", who: bob });
    } else if (c.state === "done") {
      w.clock.advance(600_000);
      await tick(ports, uploads);
      return;
    } else {
      await new Promise(setImmediate);
      w.clock.advance(5_000);
      await tick(ports, uploads);
    }
  }
}

async function storyWithKillAt(
  kind: Kind,
  step: number,
): Promise<{ w: World; death: Death; unknownAfterRestart: boolean }> {
  const w = worldOf(kind);
  const death = new Death(step);
  const first = mortal(processIn(w), death);
  await Promise.race([story(kind, w, first, transfers(first, 3), () => !death.dead), death.moment]);
  w.clock.advance(1_000);
  const second = processIn(w);
  const uploads = transfers(second, 3);
  await resume(second, uploads);
  const unknownAfterRestart = (await w.store.list())[0]?.state === "launch-unknown";
  await story(kind, w, second, uploads, () => true);
  return { w, death, unknownAfterRestart };
}

describe.each(KINDS)("a kill between any two steps of %s", (kind) => {
  it("ends in the same conversation, but between the claim of a launch and the stored TaskId a person is asked", async () => {
    const unknownAt: string[] = [];
    let steps = 0;
    for (let step = 1; ; step += 1) {
      const { w, death, unknownAfterRestart } = await storyWithKillAt(kind, step);
      const c = (await w.store.list())[0];
      const where = `killed ${death.during} (step ${step})`;
      expect(c?.state, where).toBe("done");
      expect(w.studio.made, where).toHaveLength(1);
      expect(w.studio.confirmed, where).toHaveLength(kind === "IMAGE_PHOTO" ? 0 : 1);
      expect(
        c?.materials.map((m) => m.state),
        where,
      ).toEqual(STORIES[kind].files.map(() => "accepted"));
      expect(w.card.shown.get("AV-1")?.state, where).toBe("done");
      expect(
        c?.outbox.every((notice) => notice.delivered),
        where,
      ).toBe(true);
      for (const what of STORIES[kind].told)
        expect(
          w.card.told().filter((t) => t === what),
          `${where}: ${what}`,
        ).toHaveLength(1);
      if (unknownAfterRestart) unknownAt.push(death.during);
      if (!death.dead) {
        steps = step;
        break;
      }
    }
    expect(steps).toBeGreaterThan(30);
    expect(new Set(unknownAt)).toEqual(
      new Set([
        "after write launching",
        "before write launching",
        "before show",
        "after show",
        "before make",
        "after make",
        "before write running",
      ]),
    );
  }, 120_000);
});
