import { afterEach, describe, expect, it } from "vitest";
import type { SandboxGateway } from "../../../sandbox/gateway/server.ts";
import { accountAssets, expiryIn } from "../../../src/tencent/assets.ts";
import type { Gateway } from "../../../src/tencent/gateway.ts";
import { voiceLab } from "../../../src/tencent/voice-lab.ts";
import { call, type Lab, lab, uploadUrl } from "../sandbox/gateway-client.ts";
import { client } from "./gateway-lab.ts";

const labs: Lab[] = [];
afterEach(async () => {
  await Promise.all(labs.splice(0).map((one) => one.close()));
});

async function gatewayThat(plays: SandboxGateway["plays"]) {
  const at = await lab({ plays });
  labs.push(at);
  const { url, appkey, accessToken } = at.gateway;
  const clock = { now: () => at.clock.now, sleep: async () => undefined };
  return { at, gateway: client(url, { appkey, accessToken, clock }) };
}

describe.each(["international", "mainland"] as const)("the account's lists of the %s gateway", (plays) => {
  it("are read page by page, and searched by name or key", async () => {
    const { at, gateway } = await gatewayThat(plays);
    for (let i = 0; i < 230; i += 1) at.gateway.lists.own({ name: `old-${i}`, makeType: "IMAGE", key: `vk-${i}` });
    at.gateway.lists.own({ name: "old-7", makeType: "VOICE", key: "tk-7" });
    const assets = accountAssets(gateway);
    const [found, ...others] = await assets.find("IMAGE_4K", { name: "old-229", keys: [] });
    expect([found, others]).toMatchObject([
      { asset: { VirtualmanKey: "vk-229", AnchorName: "old-229" }, expiresAt: expect.any(Number) },
      [],
    ]);
    expect(await assets.find("IMAGE", { name: "nobody", keys: ["vk-3"] })).toMatchObject([
      { asset: { AnchorName: "old-3" } },
    ]);
    expect(await assets.find("ZERO_SHOT_VOICE", { name: "old-7", keys: [] })).toMatchObject([
      { asset: { TimbreKey: "tk-7" } },
    ]);
    const pages = at.gateway.calls.filter(({ operation }) => operation === "describesmallsampleimage").slice(0, 3);
    expect(pages.map(({ payload }) => payload)).toEqual([1, 2, 3].map((PageIndex) => ({ PageIndex, PageSize: 100 })));
  });
});

it("takes odd fields for missing ones, and a list that ends early for its end", async () => {
  const answers = [
    { Virtualmans: [{ VirtualmanKey: "vk-1", AnchorName: "a", ExpireDate: null, SupportDriverTypes: ["Text"] }, null] },
    {},
  ];
  const gateway: Pick<Gateway, "call"> = {
    call: async ({ answer }) => ({ payload: answer.parse(answers.shift()), requestId: undefined }),
  };
  expect(await accountAssets(gateway).find("IMAGE", { name: "a", keys: [] })).toEqual([
    { asset: { VirtualmanKey: "vk-1", AnchorName: "a" } },
  ]);
  expect(await accountAssets(gateway).find("IMAGE", { name: "a", keys: [] })).toEqual([]);
});

it("asks for an inspection once without a language where the gateway refuses one", async () => {
  for (const [plays, languages] of [
    ["mainland", ["can"]],
    ["international", ["can", undefined]],
  ] as const) {
    const { at, gateway } = await gatewayThat(plays);
    const url = await uploadUrl(at, "audio/take-F1.wav", Buffer.from("RIFF"));
    await voiceLab(gateway).evaluate({ url, language: "can" });
    const asked = at.gateway.calls.filter(({ operation }) => operation === "audioevaluation");
    expect(asked.map(({ payload }) => (payload as { Language?: string }).Language)).toEqual(languages);
  }
});

it("the pages of the sandbox's lists have the published bounds", async () => {
  const { at } = await gatewayThat("international");
  const codes = async (operation: string, payload: object) => (await call(at, operation, payload)).Header.Code;
  expect(await codes("describetimbre", { PageIndex: 0, PageSize: 10 })).toBe(100002);
  expect(await codes("describetimbre", { PageIndex: 1, PageSize: 101 })).toBe(100002);
  expect(await codes("describetimbre", { PageIndex: 1, PageSize: 1, TimbreName: "a" })).toBe(100001);
  expect(await codes("describesmallsampleimage", { PageIndex: 1, PageSize: 100, AnchorCodes: [] })).toBe(0);
});

it.each([
  ["2026-12-31 23:59:59", "2026-12-31T15:59:59.000Z"],
  ["2026-12-31", "2026-12-31T15:59:59.000Z"],
  ["soon", undefined],
  [20261231, undefined],
])("what expires at %s is valid until %s", (text, until) => {
  const at = expiryIn(text);
  expect(at === undefined ? undefined : new Date(at).toISOString()).toBe(until);
});
