import { ConfigError, explainConfigError, readStoreLocation } from "./config.ts";
import { describeFault } from "./core/fault.ts";
import { loadEnvFile } from "./ops/env-file.ts";
import { createLog } from "./ops/log.ts";
import { Secrets } from "./ops/secrets.ts";
import { migrateDatabase } from "./store/migrate-database.ts";

/** `npm run migrate`: prepares the tables of the database that STORE_URL names, as each start of the bot does. */
async function main(): Promise<void> {
  const unreadable = loadEnvFile(".env");
  if (unreadable.length > 0) throw new ConfigError(unreadable);
  const store = readStoreLocation(process.env);
  if (store.type !== "postgres")
    throw new ConfigError(["STORE_URL is not postgres://user:password@host:5432/database: only a database has tables"]);
  const secrets = new Secrets();
  for (const secret of store.secrets) secrets.pin(secret);
  const log = createLog("warn", secrets, (line) => process.stderr.write(line));
  const ran = await migrateDatabase(store, log);
  const done = ran.length > 0 ? `ran ${ran.join(", ")}` : "nothing was left to do";
  process.stdout.write(`The tables in ${store.name} are those of this version: ${done}.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof ConfigError ? `${explainConfigError(error)}\n` : `${describeFault(error)}\n`);
  process.exitCode = 1;
});
