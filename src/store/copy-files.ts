import { access } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import type { Log } from "../core/ports.ts";
import { readChannelLocales, writeChannelLocales } from "./channel-locales.ts";
import type { CopyEnd } from "./copy-store.ts";
import { makeDirectory, prepareDirectory } from "./data-directory.ts";
import { readSeen, writeSeen } from "./dedup-log.ts";
import { lockDirectory } from "./directory-lock.ts";
import { documentName, readDocuments } from "./read-documents.ts";
import { writeSynced } from "./synced-file.ts";

const CONCURRENCY = 16;

/**
 * A data directory as one side of a copy.
 * @throws {Fault} `store-busy` while a bot has it open
 * @throws {Error} when a source is not there
 */
export async function copyFiles(dir: string, role: "source" | "target", now: () => number): Promise<CopyEnd> {
  const [requests, sights] = [join(dir, "requests"), join(dir, "sights")];
  if (role === "source") await access(requests);
  await prepareDirectory(dir);
  const lock = await lockDirectory(dir);
  await makeDirectory(requests);
  await makeDirectory(sights);
  return {
    name: dir,
    async read() {
      const unreadable: string[] = [];
      const { records, highest } = await readDocuments(requests, collecting(unreadable), now());
      if (unreadable.length > 0)
        throw new Error(`reading ${requests}: ${unreadable.join("; ")}. Without them, copy once more`);
      return { records, highest, seen: await readSeen(sights), locales: await readChannelLocales(dir) };
    },
    async write({ records, seen, locales }) {
      const writes = records.map((c) => () => writeSynced(join(requests, documentName(c.id)), JSON.stringify(c)));
      await new PQueue({ concurrency: CONCURRENCY }).addAll(writes);
      await writeSeen(sights, seen);
      await writeChannelLocales(dir, locales);
    },
    close: () => lock.release(),
  };
}

/** Documents are set aside with an error in the log: a copy must not leave one out without a word. */
function collecting(said: string[]): Log {
  const ignore = (): void => undefined;
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (message, fields) => void said.push(`${message} ${JSON.stringify(fields)}`),
  };
}
