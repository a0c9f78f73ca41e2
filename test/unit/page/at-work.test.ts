import { expect, it } from "vitest";
import { hitsOf, isAtWork } from "../../../sandbox/page/client/at-work.ts";
import type { PageTask } from "../../../sandbox/page/contract.ts";

const BUSY: PageTask = {
  taskId: "1",
  anchorName: "Ana",
  makeType: "IMAGE",
  stage: "TRAIN",
  stageStatus: "WAIT_PROCESS",
  status: "MAKING",
};

it.each<[string, Partial<PageTask>, boolean]>([
  ["a stage that passes", {}, true],
  ["a demo that waits for somebody", { stage: "CONFIRM" }, false],
  ["a rejection that the vendor thinks about", { stage: "CONFIRM", stageStatus: "PROCESSING" }, true],
  ["a failure", { status: "FAIL", stageStatus: "FAIL" }, false],
  ["the end", { stage: "END", stageStatus: "SUCCESS", status: "SUCCESS" }, false],
])("the vendor is busy, or not: %s", (_what, over, isBusy) => {
  expect(isAtWork({ ...BUSY, ...over })).toBe(isBusy);
});

it("a control names whom it hits: those on the way to its stage, or the next one", () => {
  const tasks = [BUSY, { ...BUSY, anchorName: "Ben", stage: "SUBMIT" as const }];
  expect(hitsOf("fail-training", tasks)).toBe("Hits Ana, Ben.");
  expect(hitsOf("fail-audit", tasks)).toBe("Hits Ben.");
  expect(hitsOf("fail-audit", [BUSY])).toBe("Hits the next request that is launched.");
  expect(hitsOf("quota", tasks)).toBeUndefined();
});
