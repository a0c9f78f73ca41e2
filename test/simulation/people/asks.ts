import { kindRow } from "../../../src/core/kinds.ts";
import type { Act } from "./act.ts";
import type { Scene, Wish } from "./scene.ts";

/** After this long without a card, people ask again. */
const PATIENCE_MS = 3 * 60_000;

/** Alice asks with the form for what she wishes and has not asked for. */
export const asks: Act = {
  name: "asks",
  likely: 0.5,
  async act(scene) {
    const names = (await scene.records()).map(({ name }) => name);
    const wish = scene.wishes.find((one) => !names.includes(one.name) && isPatient(scene, one));
    if (wish) await fillForm(scene, wish);
  },
};

function isPatient(scene: Scene, { sentAt }: Wish): boolean {
  return sentAt === undefined || scene.now() - sentAt > PATIENCE_MS;
}

async function fillForm(scene: Scene, wish: Wish): Promise<void> {
  wish.sentAt = scene.now();
  const alice = scene.person("alice");
  for (const view of alice.openViews()) await alice.closeView(view.id).catch(() => undefined);
  await scene.type("alice", "/avatar new");
  const view = await scene.sees(() => alice.openViews().at(-1));
  if (!view) return;
  await alice.fill(view.id, { Kind: wish.kind }).catch(() => undefined);
  await scene.worlds.scheduler.sleep(3_000);
  const approvers = kindRow(wish.kind).hasDecision ? { Approvers: [scene.person("bob").id] } : {};
  scene.approvers.set(wish.name, new Set([scene.person("bob").id]));
  await scene.submit("alice", view.id, { Name: wish.name, Sex: "FEMALE", ...approvers });
}
