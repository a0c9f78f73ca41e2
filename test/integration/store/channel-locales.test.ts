import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { channelLocalesIn } from "../../../src/store/channel-locales.ts";
import { openPostgresEngine } from "../../../src/store/postgres-engine.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const server = postgresServer();
const log = recordingLog();

test("a data directory keeps the languages of channels over a restart, and takes a damaged file for none", async () => {
  const dir = await tempDir();
  const open = () => channelLocalesIn(dir, log, keyedMutex());
  const first = await open();
  await Promise.all([first.choose("C1", "zh"), first.choose("C2", "en"), first.choose("C3", "zh")]);
  await first.choose("C3", "en");
  const second = await open();
  const found = await Promise.all(["C1", "C2", "C3", "C4"].map((channel) => second.find(channel)));
  expect(found).toEqual(["zh", "en", "en", undefined]);
  expect(JSON.parse(await readFile(join(dir, "languages.json"), "utf8"))).toEqual({ C1: "zh", C2: "en", C3: "en" });
  await writeFile(join(dir, "languages.json"), '{"C1":');
  expect(await (await open()).find("C1")).toBeUndefined();
});

test("a database keeps them for all replicas", async () => {
  const address = await server.fresh();
  const replica = () => openPostgresEngine({ address, log, clock: systemClock }, keyedMutex());
  const [one, two] = [await replica(), await replica()];
  await one.locales.choose("C1", "en");
  await one.locales.choose("C1", "zh");
  expect([await two.locales.find("C1"), await two.locales.find("C2")]).toEqual(["zh", undefined]);
  for (const each of [one, two]) await each.close();
});
