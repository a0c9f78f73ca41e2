import type { Customization } from "../../../src/core/customization.ts";
import type { MaterialRole } from "../../../src/core/kinds.ts";
import { missingNeeds } from "../../../src/core/record.ts";
import type { Act } from "./act.ts";
import type { Scene } from "./scene.ts";

/** Files that people drop for a role; some names say what a video is, some do not. */
const FILES: Readonly<Record<MaterialRole, readonly string[]>> = {
  "identity-video": ["consent.mp4", "clip.mp4"],
  "identity-letter": ["consent.pdf"],
  footage: ["footage.mp4", "clip.mp4", "footage.mov"],
  photo: ["face.png", "face.jpg"],
  "voice-package": ["takes.zip"],
  recording: ["recording.wav"],
  reading: ["reading.mp3", "reading.wav"],
};

/** A file that nobody needs, or that is none. */
const WRONG = ["notes.txt", "package.rar", "empty.mp4"];

/** Alice drops what is missing, in one message or several, sometimes with something that is wrong. */
export const drops: Act = {
  name: "drops",
  likely: 0.5,
  async act(scene) {
    for (const c of await scene.records()) {
      if (c.state !== "collecting" || !c.conversation.card || isBusy(scene, c)) continue;
      const missing = missingNeeds(c).flatMap(({ roles }) => scene.random.pick(roles) ?? []);
      const names = missing.flatMap((role) => scene.random.pick(FILES[role]) ?? []);
      const wrong = scene.worlds.weather.isCalm ? undefined : scene.random.pick([...WRONG, undefined, undefined]);
      const all = scene.random.shuffled(wrong ? [...names, wrong] : names);
      const thread = c.conversation.card;
      if (scene.random.chance(0.5)) await scene.drop("alice", thread, all);
      else for (const name of all) await scene.drop("alice", thread, [name]);
    }
  },
};

/** Something is still being done, or was dropped so lately that its answer may be on the way. */
function isBusy(scene: Scene, c: Customization): boolean {
  const isUnderWay = c.materials.some((m) => ["receiving", "stored", "checking", "asked"].includes(m.state));
  const latest = Math.max(
    0,
    ...scene.worlds.slack
      .messages()
      .filter(isDropIn(c))
      .map(({ ts }) => Number(ts) * 1000),
  );
  return isUnderWay || scene.now() - latest < 120_000;
}

function isDropIn(c: Customization) {
  return (message: { thread_ts?: string; fileIds?: readonly string[] }): boolean =>
    message.thread_ts === c.conversation.card && message.fileIds !== undefined;
}
