import { expect, it } from "vitest";
import { SCHEMA } from "../../../src/core/customization.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { createMany } from "../../contract/store-steps.ts";
import { postgresServer } from "../../fixtures/postgres-server.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { doctorBench, examine } from "./doctor-bench.ts";

const server = postgresServer();
const bench = doctorBench();

it("tells a database's version, requests and clock, and makes no tables", async () => {
  const { url, name, schema } = await server.fresh();
  const tables = () => server.run("SELECT 1 FROM information_schema.tables WHERE table_schema = $1", [schema]);
  const empty = await examine(bench(), { STORE_URL: url });
  expect(empty.line("database")).toMatch(new RegExp(`^✓ database ${name}, PostgreSQL \\d+`));
  expect(empty.line("store")).toBe("✓ store no tables yet; the first start makes them");
  expect(empty.line("clock")).toContain("in step with the database");
  expect(empty.code).toBe(0);
  expect(await tables()).toEqual([]);
  const store = await openPostgresStore({ address: { url, name }, log: recordingLog(), clock: systemClock });
  await createMany(store, 2);
  await store.close();
  expect((await examine(bench(), { STORE_URL: url })).line("store")).toBe(`✓ store 2 requests, schema ${SCHEMA}`);
  await server.run(`UPDATE ${schema}.requests SET schema = $1 WHERE number = 2`, [SCHEMA + 1]);
  const newer = await examine(bench(), { STORE_URL: url });
  expect(newer.line("store")).toBe("✗ store 1 written by a newer version: start that one, or restore a backup");
});

it("names a database that cannot be used, a clock that is off and a role that may do nothing, without the password", async () => {
  const { url, name, setClock } = await server.freshWithClock();
  const wrong = await examine(bench(), { STORE_URL: url.replace(server.password, "wrong-password") });
  expect(wrong.line("database")).toMatch(
    /^✗ database .* cannot be used \(.*authentication.*\): start it, or change STORE_URL$/,
  );
  expect(wrong.text).not.toContain("wrong-password");
  expect(wrong.code).toBe(1);
  await setClock(systemClock.now() - 10 * 60_000);
  const late = await examine(bench(), { STORE_URL: url });
  expect(late.line("clock")).toMatch(/^✗ clock this machine is .*10 min ahead of the database/);
  const other = await server.fresh();
  const role = `role_of_${other.schema}`;
  await server.run(`CREATE ROLE ${role} LOGIN PASSWORD '${server.password}'`);
  await server.run(`GRANT USAGE ON SCHEMA ${other.schema} TO ${role}`);
  const powerless = await examine(bench(), { STORE_URL: other.url.replace("//postgres:", `//${role}:`) });
  expect(powerless.line("store")).toMatch(/^✗ store no tables, and this role may not make them/);
  expect(powerless.text).toContain(name);
});
