import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import { ZodError, z } from "zod";
import type { Customization } from "../core/customization.ts";
import { describeFault, Fault, isFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import { SyncedFile, syncDirectory } from "./synced-file.ts";

/** The contents of a directory of documents when it was opened. */
export interface Documents {
  /** By ascending number. */
  readonly records: readonly Customization[];
  /** The highest number in any file name, files set aside included. */
  readonly highest: number;
}

type Document =
  | { readonly type: "record"; readonly record: Customization }
  | { readonly type: "unreadable"; readonly name: string; readonly because: string };

/** Files open at the same time. */
const CONCURRENCY = 16;

/**
 * Reads every document, then tidies the directory: deletes the temporary files of interrupted writes and sets aside
 * what is not a record of its name. A file set aside keeps its number; the operator repairs it.
 * @throws {Fault} `store-newer` before anything has changed: the version that wrote the document must find it as it was
 * @throws {Error} when the system cannot read a file: a failing disk is no reason to set requests aside
 */
export async function readDocuments(dir: string, log: Log, now: number): Promise<Documents> {
  const names = (await readdir(dir)).sort();
  const read = await new PQueue({ concurrency: CONCURRENCY }).addAll(
    names.filter((name) => name.endsWith(".json")).map((name) => () => readDocument(dir, name)),
  );
  await Promise.all(names.filter(isTemporary).map((name) => rm(join(dir, name))));
  for (const document of read) {
    if (document.type === "unreadable") await setAside(join(dir, document.name), document.because, log, now);
  }
  if (!(await syncDirectory(dir)))
    log.warn("this file system cannot flush directories: a power cut may lose the latest requests", { dir });
  const records = read.flatMap((document) => (document.type === "record" ? [document.record] : []));
  return {
    records: records.sort((a, b) => numberOf(a.id) - numberOf(b.id)),
    highest: Math.max(0, ...names.map(numberOf)),
  };
}

async function readDocument(dir: string, name: string): Promise<Document> {
  const path = join(dir, name);
  try {
    const record = await new SyncedFile(path).read();
    if (documentName(record.id) === name) return { type: "record", record };
    return { type: "unreadable", name, because: `it holds ${record.id}` };
  } catch (error) {
    if (error instanceof ZodError) return { type: "unreadable", name, because: z.prettifyError(error) };
    if (error instanceof SyntaxError) return { type: "unreadable", name, because: describeFault(error) };
    if (isFault(error, "store-newer")) {
      throw new Fault("store-newer", `opening ${path} stopped before anything changed`, { cause: error });
    }
    throw error;
  }
}

async function setAside(path: string, because: string, log: Log, now: number): Promise<void> {
  const aside = `${path}.unreadable-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, "")}`;
  await rename(path, aside);
  log.error("set an unreadable document aside: repair it, rename it back and restart", {
    document: path,
    aside,
    because,
  });
}

export function documentName(id: string): string {
  return `${id}.json`;
}

/** The file that write-file-atomic renames once it is complete. */
function isTemporary(name: string): boolean {
  return /\.json\.\d+$/.test(name);
}

function numberOf(name: string): number {
  return Number(/^AV-(\d+)/.exec(name)?.[1] ?? 0);
}
