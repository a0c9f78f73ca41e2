import { expect, it, onTestFinished } from "vitest";
import { play } from "../../sandbox/play.ts";
import type { PlayableKind } from "../../sandbox/scripts.ts";
import { SCRIPTS } from "../../sandbox/scripts.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import { otherGateway } from "./other-gateway.ts";

const KINDS = Object.keys(SCRIPTS) as PlayableKind[];

it("all six kinds end with their asset keys on a gateway that says as little as it may", async () => {
  const state: { world?: World } = {};
  const cos = () => {
    if (!state.world) throw new Error("the world has not started");
    return state.world.cos;
  };
  const vendor = await otherGateway(cos);
  onTestFinished(vendor.close);
  const world = await startWorld({ env: { IVH_BASE_URL: vendor.url } });
  state.world = world;
  onTestFinished(() => world.close());
  await world.startBot();
  const played = await Promise.all(KINDS.map((kind) => play(world, kind)));
  for (const { kind, end } of played)
    expect(end).toMatch(kind.endsWith("VOICE") ? /TimbreKey\W+42/ : /VirtualmanKey\W+vk/);
  expect(world.gateway.calls).toEqual([]);
});
