import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import { readRecord } from "./frozen-copy.ts";
import { syncDirectory } from "./synced-file.ts";

/** What a directory of documents held when it was opened. */
export interface Documents {
  /** In the order of their numbers. */
  readonly records: readonly Customization[];
  /** The highest number that any file there bears, also one that was set aside. */
  readonly highest: number;
}

/**
 * Reads every document, clears away what an interrupted write has left, and sets aside what is not a record of that
 * name: such a file keeps its id for itself and is the operator's to repair.
 * @throws {Error} when the system cannot read a file: a disk in trouble is no reason to set requests aside
 */
export async function readDocuments(dir: string, log: Log, now: number): Promise<Documents> {
  const records: Customization[] = [];
  const names = await readdir(dir);
  for (const name of names) {
    const path = join(dir, name);
    if (isLeftOver(name)) await rm(path);
    if (!name.endsWith(".json")) continue;
    const text = await readFile(path, "utf8");
    const record = readNamed(text, name);
    if (!(record instanceof Error)) {
      records.push(record);
      continue;
    }
    const aside = `${path}.unreadable-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, "")}`;
    await rename(path, aside);
    log.error("a request's document is unreadable and was set aside; repair it, name it as before and start again", {
      document: path,
      aside,
      because: describeFault(record),
    });
  }
  await syncDirectory(dir);
  const numbers = names.map(numberOf);
  return { records: records.sort((a, b) => numberOf(a.id) - numberOf(b.id)), highest: Math.max(0, ...numbers) };
}

function readNamed(text: string, name: string): Customization | Error {
  try {
    const record = readRecord(text);
    return documentName(record.id) === name ? record : new Error(`reading ${name}: it holds ${record.id}`);
  } catch (cause) {
    return new Error(`reading ${name}`, { cause });
  }
}

export function documentName(id: string): string {
  return `${id}.json`;
}

/** write-file-atomic's own file before it gets its name. */
function isLeftOver(name: string): boolean {
  return /\.json\.\d+$/.test(name);
}

function numberOf(name: string): number {
  return Number(/^AV-(\d+)/.exec(name)?.[1] ?? 0);
}
