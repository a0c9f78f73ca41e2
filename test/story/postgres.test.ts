import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { pressWhenShown } from "../../sandbox/play.ts";
import { startWorld } from "../../sandbox/world.ts";
import { postgresServer } from "../fixtures/postgres-server.ts";
import { tempDir } from "../fixtures/temp-dir.ts";
import { askForDecision, callsOf, untilKeys } from "./studio.ts";

const server = postgresServer();

/** Runs a compiled tool as its npm script does. */
function run(tool: "migrate" | "store-copy", args: readonly string[], env: Record<string, string> = {}) {
  const path = fileURLToPath(new URL(`../../dist/${tool}.js`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

test("a request on PostgreSQL goes from its form to its keys, over a restart; then it moves to files", async () => {
  const { url, name, schema } = await server.fresh();
  const world = await startWorld({
    env: { STORE_URL: url, LOG_LEVEL: "debug" },
    gateway: { stageMs: 100, inspectionStates: 1 },
  });
  onTestFinished(() => world.close());
  await world.startBot();
  const thread = await askForDecision(world, { name: "Shared" });
  const log = [...world.bot().log];
  expect(await world.bot().stop()).toBe(0);
  await world.startBot();
  await pressWhenShown(thread, world.people.bob, "Confirm");
  await untilKeys(thread);
  expect([callsOf(world, "make"), callsOf(world, "customerconfirm")]).toEqual([1, 1]);
  expect(await server.run(`SELECT number, state, due_at FROM ${schema}.requests`)).toMatchObject([
    { number: "1", state: "done" },
  ]);
  log.push(...world.bot().log);
  await world.bot().stop();
  for (const secret of [server.password, url]) expect(log.join("\n")).not.toContain(secret);

  const to = await tempDir();
  const copied = run("store-copy", ["--from", url, "--to", `file:${to}`]);
  expect(copied).toMatchObject({ status: 0, stderr: "" });
  expect(copied.stdout).toMatch(new RegExp(`^Copied 1 requests and \\d+ keys of deliveries from ${name} to ${to}`));
  const again = run("store-copy", ["--from", url, "--to", `file:${to}`]);
  expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining("it is not empty (1 requests)") });
});

test("npm run migrate prepares the tables once, and says what it needs", async () => {
  const { url, name } = await server.fresh();
  expect(run("migrate", [], { STORE_URL: url })).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(": ran "),
  });
  const again = `The tables in ${name} are those of this version: nothing was left to do.\n`;
  expect(run("migrate", [], { STORE_URL: url })).toEqual({ status: 0, stdout: again, stderr: "" });
  const wrong = run("migrate", [], { STORE_URL: url.replace(server.password, "wrong-password") });
  expect(wrong).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^preparing the tables in .*authentication/),
  });
  expect(wrong.stderr).not.toContain("wrong-password");
  expect(run("migrate", [], { STORE_URL: "file:./data" })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("postgres://"),
  });
  expect(run("store-copy", ["--from", url])).toMatchObject({ status: 2, stderr: expect.stringContaining("--to") });
});
