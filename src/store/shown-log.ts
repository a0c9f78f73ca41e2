import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { z } from "zod";
import { Fault } from "../core/fault.ts";
import type { KeyedMutex } from "../core/ports.ts";
import type { ShownMessages } from "../core/replica-ports.ts";
import { readJsonLines, textOf } from "./json-lines.ts";
import { PRIVATE_FILE, writeSynced } from "./synced-file.ts";

/** The message that was edited longest ago is dropped first: at worst it is edited once without need. */
const MOST_SHOWN = 100_000;
/** Lines that newer ones have replaced, before the file is written anew. */
const MOST_REPLACED = 20_000;

const FORGOTTEN = "";

const lineSchema = z.tuple([z.string(), z.string()]);

export interface ShownLog extends ShownMessages {
  close(): Promise<void>;
}

/**
 * Digests in a file, so that a start edits only what has changed: one line for each, the last one counts. Not synced: what
 * a power cut takes is edited once more.
 * @throws when the system cannot read the file
 */
export async function openShownLog(path: string, mutex: KeyedMutex): Promise<ShownLog> {
  const known = new Map<string, string>();
  const state: { replaced: number; file: FileHandle | undefined } = { replaced: 0, file: undefined };
  const keep = (place: string, digest: string): void => {
    if (known.delete(place)) state.replaced += 1;
    known.set(place, digest);
    const [oldest] = known.keys();
    if (known.size > MOST_SHOWN && oldest !== undefined) known.delete(oldest);
  };
  const rewrite = async (): Promise<void> => {
    await state.file?.close();
    state.file = undefined;
    await writeSynced(path, [...known].map(lineOf).join(""));
    state.replaced = 0;
  };
  const append = async (line: string): Promise<void> => {
    state.file ??= await open(path, "a", PRIVATE_FILE);
    await state.file.appendFile(line);
    if (state.replaced > MOST_REPLACED) await rewrite();
  };
  const write = async (place: string, digest: string): Promise<void> => {
    try {
      await mutex.run("shown", () => append(lineOf([place, digest])));
    } catch (cause) {
      throw new Fault("store-unwritten", `remembering what ${place} shows`, { cause });
    }
  };
  for (const [place, digest] of readJsonLines(await textOf(path, ""), lineSchema)) keep(place, digest);
  for (const [place, digest] of known) if (digest === FORGOTTEN) known.delete(place);
  return {
    digestOf: async (place) => known.get(place),
    async remember(place, digest) {
      if (known.get(place) === digest) return;
      keep(place, digest);
      await write(place, digest);
    },
    async forget(place) {
      if (!known.delete(place)) return;
      state.replaced += 1;
      await write(place, FORGOTTEN);
    },
    async close() {
      await mutex.run("shown", async () => state.file?.close());
    },
  };
}

/** The leading newline ends a line that a crash or a full disk cut short. */
function lineOf(line: readonly [string, string]): string {
  return `\n${JSON.stringify(line)}\n`;
}
