import type { Act } from "./act.ts";
import type { Name, Scene } from "./scene.ts";

/** Alice presses Launch, sometimes twice. */
export const launches: Act = {
  name: "launches",
  likely: 0.5,
  async act(scene) {
    const [card] = scene.withButton("Launch");
    if (!card) return;
    const isDouble = scene.random.chance(0.3);
    await Promise.all([scene.press("alice", card, "Launch"), isDouble && scene.press("alice", card, "Launch")]);
  },
};

/** Somebody who may looks into the vendor's console and says whether a lost launch was made. */
export const settles: Act = {
  name: "settles",
  likely: 0.4,
  async act(scene) {
    for (const c of await scene.records()) {
      if (c.state !== "launch-unknown") continue;
      const who = scene.random.pick<Name>(["alice", "bob"]) ?? "alice";
      const task = scene.worlds.gateway.tasks().find((one) => one.anchorName === c.name && one.status !== "FAIL");
      const label = task ? "It was created…" : "It was not: launch again";
      const [message] = scene.withButton(label);
      if (!message) continue;
      await scene.press(who, message, label);
      if (task) await nameTask(scene, who, task.taskId);
    }
  },
};

async function nameTask(scene: Scene, who: Name, taskId: string): Promise<void> {
  const person = scene.person(who);
  const view = await scene.sees(() => person.openViews().find(({ callback_id }) => callback_id === "avatar.task-id"));
  if (!view) return;
  await scene.submit(who, view.id, { TaskId: taskId });
  if (person.openViews().some(({ id }) => id === view.id)) await person.closeView(view.id).catch(() => undefined);
}
