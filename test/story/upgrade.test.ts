import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { customizationSchema, SCHEMA } from "../../src/core/customization.ts";
import { recordedDocuments } from "../fixtures/recorded-store.ts";
import { dataDirOf, moveIn } from "./recorded-world.ts";
import { askReady, QUICK, studio, untilKeys, withButton } from "./studio.ts";

const world = studio({ env: QUICK, gateway: { plays: "mainland" } });
const threads = new Map<string, Thread>();

/** The recorded running request goes on with a task that this world's gateway has. */
beforeAll(async () => {
  const { gateway, people, slack } = world();
  const thread = await askReady(world(), { name: "Lends-its-task" });
  gateway.setSpeed(0);
  await pressWhenShown(thread, people.alice, "Launch");
  const task = await slack.until(() => gateway.tasks().at(-1), "its task");
  await world().bot().stop();
  for (const [id, moved] of await moveIn(world(), task.taskId)) threads.set(id, moved);
  await world().startBot();
});

function threadOfRequest(id: string): Thread {
  const thread = threads.get(id);
  if (!thread) throw new Error(`${id} was not recorded`);
  return thread;
}

async function documentOf(id: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dataDirOf(world()), "requests", `${id}.json`), "utf8"));
}

describe("a data directory of version 0.1", () => {
  it("is opened whole: nothing is set aside", async () => {
    const names = await readdir(join(dataDirOf(world()), "requests"));
    expect(names.sort()).toEqual([...recordedDocuments().keys()].sort());
    expect(world().bot().log.join("\n")).not.toContain('"level":50');
  });

  it("has a request that collects: it takes a file, and is stored with today's schema", async () => {
    const thread = threadOfRequest("AV-8");
    await world().people.alice.upload(world().channel, [material.footage1080p], {
      threadTs: thread.ts,
      text: "footage",
    });
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    const stored = customizationSchema.parse(await documentOf("AV-8"));
    expect(stored).toMatchObject({ schema: SCHEMA, state: "ready" });
    expect(stored.materials.map((m) => m.state)).toContain("refused");
  });

  it("has messages whose buttons go on working", async () => {
    const { people, channel, slack } = world();
    const warning = { channel, ts: withButton(threadOfRequest("AV-10"), "Use it anyway") };
    await people.alice.click(warning, "Use it anyway");
    await threadOfRequest("AV-10").until((seen) => seen.buttons.includes("Launch"), "Launch");

    const texts = { channel, ts: withButton(threadOfRequest("AV-11"), "Read this one") };
    await people.alice.click(texts, "Read this one");
    await slack.until(
      () => slack.calls.some((call) => call.method === "chat.update" && call.args.ts === texts.ts),
      "the texts with another one chosen",
    );
    const stored = customizationSchema.parse(await documentOf("AV-11"));
    expect(stored.chosenText).toBe(stored.texts?.[0]?.id);
    expect(recordedDocuments().get("AV-11.json")).toMatchObject({ chosenText: stored.texts?.[1]?.id });
  });

  it("has a launch under way: a person is asked what became of it", async () => {
    await threadOfRequest("AV-14").until((seen) => seen.buttons.includes("It was created…"), "the two buttons");
  });

  it("has a running request: it is followed to its keys", async () => {
    world().gateway.setSpeed(1);
    const thread = threadOfRequest("AV-13");
    await pressWhenShown(thread, world().people.bob, "Confirm");
    await untilKeys(thread);
    expect(await documentOf("AV-13")).toMatchObject({ schema: SCHEMA, state: "done" });
  });
});

describe("a data directory of a newer version", () => {
  it("ends the start with what to do, stays as it was, and opens once the document is as before", async () => {
    await world().bot().stop();
    const requests = join(dataDirOf(world()), "requests");
    const path = join(requests, "AV-13.json");
    const ours = await readFile(path, "utf8");
    await writeFile(path, ours.replace(`"schema":${SCHEMA}`, `"schema":${SCHEMA + 1}`));
    await writeFile(join(requests, "AV-99.json"), "torn");
    await writeFile(join(requests, "AV-1.json.1234567"), "half of a wri");
    const before = await contentsOf(dataDirOf(world()));

    const because = `opening ${path} stopped before anything changed: reading AV-13: it has schema ${SCHEMA + 1}, and this version reads up to ${SCHEMA}: start the version that wrote it, or restore the backup from before the upgrade`;
    const said = await world()
      .startBot()
      .then(
        () => "it started",
        (error: Error) => error.message,
      );
    expect(said).toContain("ended with 1 ");
    expect(said).toContain(because);
    expect(await contentsOf(dataDirOf(world()))).toEqual(before);

    await writeFile(path, ours);
    await world().startBot();
    expect(await readdir(requests)).toContainEqual(expect.stringMatching(/^AV-99\.json\.unreadable-/));
  });
});

/** What every file of a directory holds, by its path; the lock is not data. */
async function contentsOf(dir: string): Promise<Map<string, string>> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile() && file.name !== "lock")
    .map((file) => join(file.parentPath, file.name));
  return new Map(await Promise.all(paths.sort().map(async (path) => [path, await readFile(path, "utf8")] as const)));
}
