import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { systemCodeOf } from "../core/fault.ts";

/** The lines that a schema takes; others, like one that a crash cut short, are left out. */
export function readJsonLines<T>(text: string, schema: z.ZodType<T>): T[] {
  return text.split("\n").flatMap((line) => {
    const read = schema.safeParse(parsed(line));
    return read.success ? [read.data] : [];
  });
}

/** A file's text, or what counts as its text while there is none. @throws when the system cannot read it */
export async function textOf(path: string, whenMissing: string): Promise<string> {
  return await readFile(path, "utf8").catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return whenMissing;
    throw error;
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
