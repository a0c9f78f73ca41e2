import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { customizationSchema } from "../../src/core/customization.ts";
import { tempDir } from "../fixtures/temp-dir.ts";
import { dataDirOf } from "./recorded-world.ts";
import { ask, askForDecision, callsOf, QUICK, studio, untilKeys } from "./studio.ts";

const world = studio({ env: QUICK });

/** A file that is being written, and may be gone when its turn comes. */
const TEMPORARY = /\.json\.\d+$/;

it("a backup that was taken while the bot ran is restored, and every request goes on", async () => {
  const { people, channel } = world();
  const data = dataDirOf(world());
  const offered = await askForDecision(world(), { name: "Waits-for-bob" });
  const open = await ask(world(), { name: "Collects" });
  const letter = people.alice.upload(channel, [material.consentLetter], { threadTs: open.ts });
  const backup = join(await tempDir(), "backup");
  await cp(data, backup, { recursive: true, filter: (path) => !TEMPORARY.test(path) });
  await letter;
  await people.alice.upload(channel, [material.footage1080p], { threadTs: open.ts, text: "footage" });
  await open.until((seen) => seen.buttons.includes("Launch"), "Launch");

  await world().killBot();
  await rm(data, { recursive: true });
  await cp(backup, data, { recursive: true });
  const restored = customizationSchema.parse(JSON.parse(await readFile(join(data, "requests", "AV-2.json"), "utf8")));
  expect(restored.state).toBe("collecting");
  await world().startBot();

  await pressWhenShown(offered, people.bob, "Confirm");
  await untilKeys(offered);
  // What was dropped after the backup is found in the thread again.
  await vi.waitFor(async () => {
    expect(JSON.parse(await readFile(join(data, "requests", "AV-2.json"), "utf8"))).toMatchObject({ state: "ready" });
  });
  await pressWhenShown(open, people.alice, "Launch");
  await pressWhenShown(open, people.bob, "Confirm");
  await untilKeys(open);
  expect([callsOf(world(), "make"), callsOf(world(), "customerconfirm")]).toEqual([2, 2]);
  expect(world().bot().log.join("\n")).not.toContain('"level":50');
});
