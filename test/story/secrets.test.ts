import { afterAll, describe, expect, it } from "vitest";
import { play } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import { expectNoSecretIn, knownSecrets } from "./known-secrets.ts";

describe.each(["socket", "http"] as const)("the log at debug, Slack over %s", (via) => {
  const state: { world?: World } = {};
  afterAll(() => state.world?.close());

  it("holds no token, key or signature of the whole story, also where things break", async () => {
    const world = await startWorld({ via, env: { LOG_LEVEL: "debug" } });
    state.world = world;
    const { slack, gateway, cos } = world;
    const secrets = knownSecrets(world);
    cos.faults.plan("PutObject", { type: "status", status: 503 });
    cos.faults.plan("PutObject", { type: "code", code: "SignatureDoesNotMatch" });
    slack.faults.plan("download", { type: "cut", afterBytes: 1000 });
    gateway.faults.plan("getprogress", { type: "reset" }, 2);
    gateway.faults.plan("getuploadcredentials", { type: "status", status: 500 });
    await world.startBot();
    await play(world, "IMAGE");
    await world.bot().stop();

    const log = world.bot().log.join("\n");
    expect(log).toContain('"level":20');
    expectNoSecretIn(log, secrets);
  });
});
