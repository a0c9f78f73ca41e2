import { afterAll, describe, expect, it } from "vitest";
import { play } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";

describe.each(["socket", "http"] as const)("the log at debug, Slack over %s", (via) => {
  const state: { world?: World } = {};
  afterAll(() => state.world?.close());

  it("holds no token, key or signature of the whole story, also where things break", async () => {
    const world = await startWorld({ via, env: { LOG_LEVEL: "debug" } });
    state.world = world;
    const { slack, gateway, cos } = world;
    const handedOut: string[] = [];
    const issue = cos.issueCredential.bind(cos);
    cos.issueCredential = (ask) => {
      const credential = issue(ask);
      handedOut.push(credential.Token, credential.TmpSecretId, credential.TmpSecretKey);
      return credential;
    };
    cos.faults.plan("PutObject", { do: "status", status: 503 });
    cos.faults.plan("PutObject", { do: "code", code: "SignatureDoesNotMatch" });
    slack.faults.plan("download", { do: "cut", afterBytes: 1000 });
    gateway.faults.plan("getprogress", { do: "reset" }, 2);
    gateway.faults.plan("getuploadcredentials", { do: "status", status: 500 });
    await world.startBot();
    await play(world, "IMAGE");
    await world.bot().stop();

    const log = world.bot().log.join("\n");
    expect(log).toContain('"level":20');
    expect(handedOut.length).toBeGreaterThan(0);
    const secrets = [
      slack.botToken,
      slack.appToken,
      slack.signingSecret,
      gateway.appkey,
      gateway.accessToken,
      ...handedOut,
    ];
    for (const secret of secrets) {
      for (const form of [secret, encodeURIComponent(secret)]) expect(log.includes(form), form).toBe(false);
    }
    expect(log).not.toMatch(/q-signature=[0-9a-f]{8}|[?&]signature=[\w%]{8}|q-ak=[A-Za-z0-9]{8}|v0=[0-9a-f]{8}/);
  });
});
