import type { Act } from "./act.ts";
import type { Name, Scene } from "./scene.ts";

/** Bob confirms or rejects, sometimes twice; Alice and Eve try although they may not; Dave may once he is put in. */
export const decides: Act = {
  name: "decides",
  likely: 0.4,
  async act(scene) {
    const isCalm = scene.worlds.weather.isCalm;
    const [message] = scene.withButton("Confirm");
    if (!message) return;
    const who: Name = isCalm
      ? (scene.random.pick<Name>(["bob", "dave"]) ?? "bob")
      : (scene.random.pick<Name>(["bob", "bob", "bob", "dave", "alice", "eve"]) ?? "bob");
    if (scene.random.chance(isCalm ? 0.1 : 0.35)) return await rejects(scene, who);
    const other: Name = scene.random.chance(0.5) ? who : "bob";
    const isDouble = scene.random.chance(0.3);
    await Promise.all([scene.press(who, message, "Confirm"), isDouble && scene.press(other, message, "Confirm")]);
  },
};

async function rejects(scene: Scene, who: Name): Promise<void> {
  const [message] = scene.withButton("Reject…");
  if (!message) return;
  await scene.press(who, message, "Reject…");
  const person = scene.person(who);
  const view = await scene.sees(() => person.openViews().find(({ callback_id }) => callback_id === "avatar.reject"));
  if (!view) return;
  await scene.submit(who, view.id, { Reason: "0:12 green edge" });
  if (person.openViews().some(({ id }) => id === view.id)) await person.closeView(view.id).catch(() => undefined);
}
