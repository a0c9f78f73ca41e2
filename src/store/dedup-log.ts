import type { FileHandle } from "node:fs/promises";
import { open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { KeyedMutex } from "../core/ports.ts";
import { readJsonLines } from "./json-lines.ts";
import { PRIVATE_FILE, syncDirectory, writeSynced } from "./synced-file.ts";

export const HOUR_MS = 3600_000;
const KEPT_HOURS = 24;
const keySchema = z.string();

/** Remembers event keys for a day: one file per hour, one key per line, synced before `markSeen` returns. */
export class DedupLog {
  readonly #dir: string;
  readonly #mutex: KeyedMutex;
  /** Keyed by hours since the epoch. */
  readonly #seen: Map<number, Set<string>>;
  #current: { readonly hour: number; readonly file: FileHandle } | undefined;

  private constructor(dir: string, seen: Map<number, Set<string>>, mutex: KeyedMutex) {
    this.#mutex = mutex;
    this.#dir = dir;
    this.#seen = seen;
  }

  static async open(dir: string, mutex: KeyedMutex): Promise<DedupLog> {
    return new DedupLog(dir, await readSeen(dir), mutex);
  }

  async markSeen(key: string, now: number): Promise<boolean> {
    return this.#mutex.run("dedup log", async () => {
      if ([...this.#seen.values()].some((keys) => keys.has(key))) return false;
      const hour = Math.floor(now / HOUR_MS);
      const file = await this.#fileOf(hour);
      // The leading newline ends a line that a crash or a full disk cut short.
      await file.appendFile(`\n${JSON.stringify(key)}\n`);
      await file.datasync();
      this.#seen.get(hour)?.add(key);
      return true;
    });
  }

  async close(): Promise<void> {
    await this.#mutex.idle();
    await this.#current?.file.close();
    this.#current = undefined;
  }

  async #fileOf(hour: number): Promise<FileHandle> {
    if (this.#current?.hour === hour) return this.#current.file;
    const file = await open(join(this.#dir, nameOf(hour)), "a", PRIVATE_FILE);
    await this.#current?.file.close();
    this.#current = { hour, file };
    await this.#deleteBefore(hour - KEPT_HOURS);
    if (!this.#seen.has(hour)) this.#seen.set(hour, new Set());
    await syncDirectory(this.#dir);
    return file;
  }

  async #deleteBefore(oldest: number): Promise<void> {
    for (const hour of this.#seen.keys()) {
      if (hour >= oldest) continue;
      await rm(join(this.#dir, nameOf(hour)), { force: true });
      this.#seen.delete(hour);
    }
  }
}

/** By hour since the epoch. */
export async function readSeen(dir: string): Promise<Map<number, Set<string>>> {
  const seen = new Map<number, Set<string>>();
  for (const name of await readdir(dir)) {
    const hour = hourOf(name);
    if (hour !== undefined) seen.set(hour, new Set(readJsonLines(await readFile(join(dir, name), "utf8"), keySchema)));
  }
  return seen;
}

/** For a directory that no store has open. */
export async function writeSeen(dir: string, seen: ReadonlyMap<number, ReadonlySet<string>>): Promise<void> {
  for (const [hour, keys] of seen) {
    const lines = [...keys].map((key) => `${JSON.stringify(key)}\n`);
    await writeSynced(join(dir, nameOf(hour)), lines.join(""));
  }
}

function nameOf(hour: number): string {
  return `${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}.log`;
}

function hourOf(name: string): number | undefined {
  const [, hour] = /^(\d{4}-\d\d-\d\dT\d\d)\.log$/.exec(name) ?? [];
  const at = Date.parse(`${hour}:00Z`);
  return Number.isNaN(at) ? undefined : at / HOUR_MS;
}
