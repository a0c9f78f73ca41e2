import { constants } from "node:fs";
import { access, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import { z } from "zod";
import { SCHEMA } from "../core/customization.ts";
import { isFault } from "../core/fault.ts";
import { lockDirectory } from "./directory-lock.ts";
import { readRecord } from "./frozen-copy.ts";

/** What a data directory holds. */
type DirectoryContents =
  | { readonly type: "empty" }
  | { readonly type: "busy" }
  | {
      readonly type: "read";
      readonly schemas: ReadonlyMap<number, number>;
      readonly schema: number;
      readonly newer: readonly string[];
      readonly unreadable: readonly string[];
      readonly forbidden: readonly string[];
    };

const AT_ONCE = 16;

const schemaOf = z.looseObject({ schema: z.int().nonnegative().default(0) });

/**
 * Looks at a data directory as its next opening would find it, and changes nothing. The lock is taken only to see whether
 * another process has it, and given back at once.
 */
export async function probeDirectory(dir: string): Promise<DirectoryContents> {
  if (!(await exists(join(dir, "requests")))) return { type: "empty" };
  if (await isBusy(dir)) return { type: "busy" };
  const requests = join(dir, "requests");
  const names = (await readdir(requests)).filter((name) => name.endsWith(".json"));
  const documents = await new PQueue({ concurrency: AT_ONCE }).addAll(
    names.map((name) => async () => ({ name, ...(await probeDocument(join(requests, name))) })),
  );
  const namesOf = (type: string): string[] => documents.flatMap((found) => (found.type === type ? [found.name] : []));
  const schemas = new Map<number, number>();
  for (const found of documents) {
    if (found.type === "record") schemas.set(found.schema, (schemas.get(found.schema) ?? 0) + 1);
  }
  return {
    type: "read",
    schemas,
    schema: SCHEMA,
    newer: namesOf("newer"),
    unreadable: namesOf("unreadable"),
    forbidden: namesOf("forbidden"),
  };
}

async function isBusy(dir: string): Promise<boolean> {
  if (!(await exists(join(dir, "lock")))) return false;
  try {
    const lock = await lockDirectory(dir);
    await lock.release();
    return false;
  } catch (error) {
    if (isFault(error, "store-busy")) return true;
    throw error;
  }
}

type Probed =
  | { readonly type: "record"; readonly schema: number }
  | { readonly type: "newer" | "unreadable" | "forbidden" };

async function probeDocument(path: string): Promise<Probed> {
  const isOurs = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isOurs) return { type: "forbidden" };
  try {
    const text = await readFile(path, "utf8");
    readRecord(text);
    return { type: "record", schema: schemaOf.parse(JSON.parse(text)).schema };
  } catch (error) {
    return { type: isFault(error, "store-newer") ? "newer" : "unreadable" };
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
