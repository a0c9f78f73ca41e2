import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import { ZodError } from "zod";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import { SyncedFile, syncDirectory } from "./synced-file.ts";

/** What a directory of documents held when it was opened. */
export interface Documents {
  /** In the order of their numbers. */
  readonly records: readonly Customization[];
  /** The highest number that any file there bears, also one that was set aside. */
  readonly highest: number;
}

/** Files that are open at the same time. */
const AT_ONCE = 16;

/**
 * Reads every document, clears away what an interrupted write has left, and sets aside what is not a record of that
 * name: such a file keeps its id for itself and is the operator's to repair.
 * @throws {Error} when the system cannot read a file: a disk in trouble is no reason to set requests aside
 */
export async function readDocuments(dir: string, log: Log, now: number): Promise<Documents> {
  const names = await readdir(dir);
  await Promise.all(names.filter(isLeftOver).map((name) => rm(join(dir, name))));
  const documents = names.filter((name) => name.endsWith(".json"));
  const read = await new PQueue({ concurrency: AT_ONCE }).addAll(
    documents.map((name) => async () => {
      const found = await readDocument(dir, name);
      return "id" in found ? [found] : setAside(join(dir, name), found, log, now);
    }),
  );
  await syncDirectory(dir);
  const records = read.flat().sort((a, b) => numberOf(a.id) - numberOf(b.id));
  return { records, highest: Math.max(0, ...names.map(numberOf)) };
}

async function readDocument(dir: string, name: string): Promise<Customization | { readonly because: string }> {
  try {
    const record = await new SyncedFile(join(dir, name)).read();
    return documentName(record.id) === name ? record : { because: `it holds ${record.id}` };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof ZodError) return { because: describeFault(error) };
    throw error;
  }
}

async function setAside(path: string, { because }: { because: string }, log: Log, now: number): Promise<never[]> {
  const aside = `${path}.unreadable-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  await rename(path, aside);
  const advice = "repair it, give it its old name and start again";
  log.error(`the document of a request is unreadable and was set aside: ${advice}`, { document: path, aside, because });
  return [];
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
