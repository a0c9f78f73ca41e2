import { afterEach, describe, expect, it } from "vitest";
import type { Gateway } from "../../../src/tencent/gateway.ts";
import { accountQuotas } from "../../../src/tencent/quotas.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { type Lab, lab } from "../sandbox/gateway-client.ts";
import { client } from "./gateway-lab.ts";

const labs: Lab[] = [];
afterEach(async () => {
  await Promise.all(labs.splice(0).map((one) => one.close()));
});

const NOW = Date.UTC(2026, 10, 28);
const FUTURE = "2026-12-31 23:59:59";
const END = Date.parse("2026-12-31T23:59:59+08:00");

/** The account's quotas out of answers as the vendor might give them. */
function quotasIn(...infos: object[]) {
  const log = recordingLog();
  const gateway: Pick<Gateway, "call"> = {
    call: async ({ answer }) => ({
      payload: answer.parse({ ServiceAssetInfos: infos, Total: infos.length }),
      requestId: undefined,
    }),
  };
  return { log, quotas: accountQuotas({ gateway, log, clock: { now: () => NOW } }) };
}

const image = (detail: object, ExpireDate: unknown = FUTURE) => ({
  ServiceType: "ImageAsset",
  ExpireDate,
  ImageAssetInfoDetail: detail,
});

describe.each(["international", "mainland"] as const)("the quotas of the %s gateway", (plays) => {
  it("are read for all six kinds, and not asked for again within a minute", async () => {
    const at = await lab({ plays });
    labs.push(at);
    const { url, appkey, accessToken } = at.gateway;
    const clock = { now: () => at.clock.now, sleep: async () => undefined };
    const gateway = client(url, { appkey, accessToken, clock });
    const quotas = accountQuotas({ gateway, clock, log: recordingLog() });
    at.gateway.quota = 3;
    const [told, again] = await Promise.all([quotas.read(), quotas.read("nobody")]);
    expect(again).toBe(told);
    expect(told.map(({ kind, left, total }) => [kind, left, total])).toEqual(
      ["IMAGE", "IMAGE_GENERAL", "IMAGE_4K", "IMAGE_PHOTO", "VOICE", "ZERO_SHOT_VOICE"].map((kind) => [kind, 3, 1000]),
    );
    expect(at.gateway.calls).toMatchObject([
      { operation: "getserviceasset", payload: { PageIndex: 1, PageSize: 100 }, code: 0 },
    ]);
    at.gateway.quotaKnobs.spelling = "odd";
    at.clock.now += 61_000;
    expect((await quotas.read())[0]).toEqual({ kind: "IMAGE" });
    at.gateway.quotaKnobs.isExpired = true;
    at.clock.now += 61_000;
    expect((await quotas.read())[0]).toMatchObject({ left: 0, expired: true, expiresAt: expect.any(Number) });
    at.gateway.faults.plan("getserviceasset", { type: "status", status: 500 }, 4);
    at.clock.now += 61_000;
    await expect(quotas.read()).rejects.toMatchObject({ code: "gateway-unclear" });
    expect(await quotas.read()).toHaveLength(6);
  });
});

describe("a quota", () => {
  it.each([
    [
      { Total: 5, Used: 2 },
      { left: 3, total: 5 },
    ],
    [
      { totalNum: "5", usedNum: "5" },
      { left: 0, total: 5 },
    ],
    [{ RemainCount: 4 }, { left: 4 }],
    [
      { Total: 5, Used: 2, Left: 3 },
      { left: 3, total: 5 },
    ],
  ])("%j is understood", async (detail, figures) => {
    const until = figures.left > 0 ? { expiresAt: END } : {};
    expect(await quotasIn(image(detail)).quotas.read()).toEqual([{ kind: "IMAGE", ...figures, ...until }]);
  });

  it.each([
    [{}],
    [{ Total: 5 }],
    [{ Total: 5, Used: 7 }],
    [{ Total: 5, Used: 2, Left: 1 }],
    [{ Total: 5, Left: 6 }],
    [{ Left: 2.5 }],
    [{ Left: null }],
    [{ Left: { Count: 2 } }],
    [{ Amount: 5, Spent: 2 }],
  ])("%j is unknown, not guessed", async (detail) => {
    expect(await quotasIn(image(detail)).quotas.read()).toEqual([{ kind: "IMAGE" }]);
  });

  it("of several purchases is their sum, without what has expired", async () => {
    const all = [
      image({ Total: 5, Used: 2 }, "2027-06-30 23:59:59"),
      image({ Total: 2, Used: 1 }),
      image({ Total: 9, Used: 0 }, "2026-11-27 23:59:59"),
    ];
    expect(await quotasIn(...all).quotas.read()).toEqual([{ kind: "IMAGE", left: 4, total: 7, expiresAt: END }]);
    const unclear = [...all, image({ Amount: 1 })];
    expect(await quotasIn(...unclear).quotas.read()).toEqual([{ kind: "IMAGE" }]);
  });

  it("with odd fields loses nothing else, and its field names are logged once", async () => {
    const { log, quotas } = quotasIn(
      null as never,
      image({ Amount: 5, Spent: 2 }, null),
      { ServiceType: "TimbreAsset", ExpireDate: FUTURE, UniversalAssetInfoDetail: { Left: 1 } },
      { ServiceType: 7, ExpireDate: FUTURE },
    );
    expect(await quotas.read()).toEqual([{ kind: "IMAGE" }, { kind: "VOICE", left: 1, expiresAt: END }]);
    const lines = log.lines.filter(({ message }) => message.includes("not understood"));
    expect(lines).toMatchObject([{ fields: { fields: ["ImageAssetInfoDetail", "Amount", "Spent"] } }]);
  });
});
