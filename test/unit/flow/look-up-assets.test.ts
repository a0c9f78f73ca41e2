import { describe, expect, it } from "vitest";
import type { ListedAsset } from "../../../src/core/asset-lookup.ts";
import { keyOf } from "../../../src/core/asset-lookup.ts";
import type { Asset } from "../../../src/core/customization.ts";
import { Fault } from "../../../src/core/fault.ts";
import { DAY, HOUR, START } from "../../fixtures/customization-fixture.ts";
import { success } from "../../twins/twins.ts";
import { bench, openRunning } from "./bench.ts";

const ASSET = { VirtualmanKey: "vk-9", AnchorName: "Anchor-1" };
const LISTED = { asset: ASSET, expiresAt: START + 365 * DAY };
const other = (key: string) => ({ asset: { ...ASSET, VirtualmanKey: key } });

/** A request whose task has just ended, with these assets in its report. */
async function done(assets: Asset[], listed: ListedAsset[]) {
  const b = bench();
  await openRunning(b);
  b.w.assets.listed = listed;
  b.w.studio.reports.set("task-1", { ...success(), assets });
  await b.tick();
  await b.until("done");
  return b;
}

describe("the key of a finished avatar", () => {
  it("comes from the account's lists where the report has none, before anybody is told", async () => {
    const b = await done([], [LISTED]);
    expect(await b.now()).toMatchObject({ assets: [ASSET], lookup: { ended: "found", expiresAt: LISTED.expiresAt } });
    expect(b.w.card.told().filter((type) => type === "done")).toHaveLength(1);
    await b.tick(2 * HOUR);
    expect(b.w.assets.reads).toBe(1);
  });

  it("of the report counts, and the lists add until when it is valid", async () => {
    const b = await done([{ VirtualmanKey: "vk-9", OriginZoom: 1 }], [other("vk-1"), LISTED]);
    expect(await b.now()).toMatchObject({
      assets: [{ VirtualmanKey: "vk-9", OriginZoom: 1 }],
      lookup: { ended: "found", expiresAt: LISTED.expiresAt },
    });
  });

  it("is not guessed where several have its name", async () => {
    const b = await done([], [LISTED, other("vk-8")]);
    expect(await b.now()).toMatchObject({ assets: [], lookup: { ended: "several", count: 2 } });
  });

  it("is looked for for an hour, also while the lists cannot be read", async () => {
    const b = await done([], []);
    await b.tick();
    b.w.assets.fault = new Fault("gateway-unclear", "calling describesmallsampleimage: HTTP 500");
    await b.tick(60_000);
    b.w.assets.fault = undefined;
    b.w.assets.listed = [LISTED];
    await b.tick(HOUR / 2);
    expect(await b.now()).toMatchObject({ assets: [ASSET], lookup: { ended: "found", expiresAt: LISTED.expiresAt } });
  });

  it.each([
    ["none", undefined],
    [
      "unreadable",
      new Fault("gateway-refused", "calling describesmallsampleimage: code 100005", { resultCode: 100005 }),
    ],
  ])("after an hour is %s", async (ended, fault) => {
    const b = await done([], []);
    b.w.assets.fault = fault;
    await b.tick(HOUR);
    expect(await b.now()).toMatchObject({ lookup: { ended } });
    const { reads } = b.w.assets;
    await b.tick(HOUR);
    expect(b.w.assets.reads).toBe(reads);
  });
});

it("a key is text, whichever field has it", () => {
  expect([keyOf({ TimbreKey: 7 }), keyOf({ VirtualmanKey: "a" }), keyOf({ MakeType: "IMAGE" })]).toEqual([
    "7",
    "a",
    undefined,
  ]);
});
