import { parseArgs } from "node:util";
import { describeFault } from "./core/fault.ts";
import { systemClock } from "./ops/clock.ts";
import { createLog } from "./ops/log.ts";
import { Secrets } from "./ops/secrets.ts";
import { copyFiles } from "./store/copy-files.ts";
import { copyPostgres } from "./store/copy-postgres.ts";
import type { CopyEnd } from "./store/copy-store.ts";
import { copyStore } from "./store/copy-store.ts";
import type { StoreLocation } from "./store-location.ts";
import { parseStoreUrl } from "./store-location.ts";

const USAGE = `Copies all requests to an empty store, and reads every one back. Stop the bots first.
  npm run store:copy -- --from file:./data --to postgres://user:password@host:5432/database
  npm run store:copy -- --from postgres://user:password@host:5432/database --to file:./data
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: "string" }, to: { type: "string" } } });
  const [source, target] = [locationOf(values.from), locationOf(values.to)];
  if (!source || !target) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  await using from = closing(await open(source, "source"));
  await using to = closing(await open(target, "target"));
  const { records, seen } = await copyStore(from.end, to.end);
  const keys = [...seen.values()].reduce((sum, ofHour) => sum + ofHour.size, 0);
  const what = `${records.length} requests and ${keys} keys of deliveries`;
  process.stdout.write(`Copied ${what} from ${from.end.name} to ${to.end.name}, and read all of it back.\n`);
}

function locationOf(url: string | undefined): StoreLocation | undefined {
  return url === undefined ? undefined : parseStoreUrl(url);
}

async function open(location: StoreLocation, role: "source" | "target"): Promise<CopyEnd> {
  if (location.type === "files") return copyFiles(location.dir, role, systemClock.now);
  const secrets = new Secrets();
  for (const secret of location.secrets) secrets.pin(secret);
  const log = createLog("warn", secrets, (line) => process.stderr.write(line));
  return copyPostgres({ address: location, log, clock: systemClock });
}

function closing(end: CopyEnd) {
  return { end, [Symbol.asyncDispose]: () => end.close() };
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeFault(error)}\n`);
  process.exitCode = 1;
});
