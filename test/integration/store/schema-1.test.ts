import { cp } from "node:fs/promises";
import { expect, test } from "vitest";
import { isOver } from "../../../src/core/state.ts";
import { decide } from "../../../src/flow/decide.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { launch } from "../../../src/flow/launch.ts";
import { resume } from "../../../src/flow/resume.ts";
import { tick } from "../../../src/flow/ticker.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { HOUR, MINUTE } from "../../fixtures/customization-fixture.ts";
import { recordedDocuments, SCHEMA_1_DIR } from "../../fixtures/recorded-store.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { demo, processIn, success, world } from "../../twins/twins.ts";

test("a recorded directory of schema 1 opens whole, and every request goes on", async () => {
  const dir = await tempDir();
  await cp(SCHEMA_1_DIR, dir, { recursive: true });
  const log = recordingLog();
  const store = await openLowdbStore(dir, { mutex: keyedMutex(), log });
  expect(log.lines).toEqual([]);
  const before = await store.list();
  expect(before).toHaveLength(recordedDocuments(SCHEMA_1_DIR).size);

  const w = { ...world(), store };
  w.clock.advance(3 * HOUR);
  for (const { task, state } of before)
    if (task) w.studio.reports.set(task.id, state === "running" ? success() : demo());
  const ports = processIn(w);
  const uploads = transfers(ports, 3);
  await resume(ports, uploads);
  for (let n = 0; n < 3; n += 1) {
    w.clock.advance(11 * MINUTE);
    await tick(ports, uploads);
  }
  const stateOf = async (id: string) => (await store.get(id))?.state;
  for (const { id, state } of before.filter((c) => isOver(c.state))) expect(await stateOf(id)).toBe(state);
  for (const { id } of before.filter(({ state }) => state === "running")) expect(await stateOf(id)).toBe("done");
  for (const { id } of before.filter(({ state }) => state === "launching"))
    expect(await stateOf(id)).toBe("launch-unknown");
  for (const c of before.filter(({ state }) => state === "awaiting-decision")) {
    const who = { id: c.approvers[0] ?? "", team: c.conversation.team };
    const round = (await store.get(c.id))?.rounds.at(-1)?.n ?? 0;
    const decided = await decide(ports, { id: c.id, round, operate: "AGREE", who });
    expect(decided).toMatchObject({ state: "running" });
  }
  for (const c of before.filter(({ state, materials }) => state === "ready" && !materials.some((m) => m.upload))) {
    const who = { id: c.requester, team: c.conversation.team };
    expect(await launch(ports, { id: c.id, revision: c.revision, who })).toMatchObject({ state: "running" });
  }
  await uploads.close();
  await store.close();
});
