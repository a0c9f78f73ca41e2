import { afterEach, expect, it } from "vitest";
import { accountBroadcast } from "../../../src/tencent/broadcast.ts";
import type { Gateway } from "../../../src/tencent/gateway.ts";
import { type Lab, lab } from "../sandbox/gateway-client.ts";
import { client } from "./gateway-lab.ts";

const labs: Lab[] = [];
afterEach(async () => {
  await Promise.all(labs.splice(0).map((one) => one.close()));
});

it.each(["international", "mainland"] as const)(
  "the %s gateway lets voices and avatars say something",
  async (plays) => {
    const at = await lab({ plays });
    labs.push(at);
    const { gateway } = at;
    gateway.lists.own({ name: "a", makeType: "VOICE", key: "tk-1" });
    gateway.lists.own({ name: "b", makeType: "IMAGE_4K", key: "vk-1" });
    const { url, appkey, accessToken } = gateway;
    const clock = { now: () => at.clock.now, sleep: async () => undefined };
    const broadcast = accountBroadcast(client(url, { appkey, accessToken, clock }));
    const spoken = await broadcast.speak({ key: "tk-1", text: "a < b & c", claim: "claim-1" });
    const filmed = await broadcast.film({ key: "vk-1", text: "Hello", claim: "claim-2" });
    expect([spoken, filmed]).toMatchObject([{ type: "created" }, { type: "created" }]);
    const task = spoken.type === "created" ? spoken.taskId : "";
    expect(await broadcast.progress(task)).toEqual({ type: "running" });
    const made = await broadcast.progress(task);
    expect(made).toEqual({ type: "made", url: expect.stringMatching(/\.mp3\?/) });
    expect((await fetch(made.type === "made" ? made.url : "")).headers.get("content-type")).toBe("audio/mpeg");
    gateway.faults.plan("videomake", { type: "code", code: 100013 });
    expect(await broadcast.film({ key: "vk-1", text: "Hello", claim: "claim-3" })).toMatchObject({
      type: "refused",
      reason: "hours-used-up",
    });
    gateway.faults.plan("videomake", { type: "lost-answer" });
    expect(await broadcast.film({ key: "vk-1", text: "Hello", claim: "claim-4" })).toMatchObject({ type: "unknown" });
    expect(gateway.calls.filter(({ operation }) => operation === "videomake")).toHaveLength(3);
    expect(gateway.calls[0]).toMatchObject({ payload: { InputSsml: "a &lt; b &amp; c", Codec: "mp3", Speed: 1 } });
  },
);

it.each([
  [{ Status: "COMMIT" }, { type: "running" }],
  [{ Status: "SOMETHING" }, { type: "running" }],
  [
    { Status: "FAIL", FailCode: 7, FailMessage: "no" },
    { type: "failed", code: "7", said: "no" },
  ],
  [
    { Status: "SUCCESS", MediaUrl: "" },
    { type: "failed", code: "", said: "it was made, but no link came" },
  ],
  [
    { Status: "SUCCESS", MediaUrl: "https://x.example/1.mp3", Duration: "odd" },
    { type: "made", url: "https://x.example/1.mp3" },
  ],
])("%j of a broadcast means %j", async (payload, meaning) => {
  const call: Gateway["call"] = async ({ answer }) => ({ payload: answer.parse(payload), requestId: undefined });
  const gateway: Gateway = { call, room: async () => 1 };
  expect(await accountBroadcast(gateway).progress("7")).toEqual(meaning);
});
