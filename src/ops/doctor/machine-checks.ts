import { constants } from "node:fs";
import { access, open, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemCodeOf } from "../../core/fault.ts";
import type { Finding } from "./finding.ts";
import { ok, wrong } from "./finding.ts";

const LEAST_FREE_BYTES = 100 * 1024 ** 2;
const READ_WRITE_ENTER = constants.R_OK | constants.W_OK | constants.X_OK;

/**
 * @param version  e.g. `v20.20.2`
 * @param needed   package.json's own word, e.g. `>=20.19`
 */
export function checkNode(version: string, needed: string): Finding {
  const [has, needs] = [version, needed].map((text) => text.replace(/^\D+/, "").split(".").map(Number));
  const isEnough = compare(has ?? [], needs ?? []) >= 0;
  return isEnough ? ok("Node", version) : wrong("Node", `${version} is too old: install Node ${needed}`);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const [at] = b.map((number, i) => (a[i] ?? 0) - number).filter((difference) => difference !== 0);
  return at ?? 0;
}

/** Whether the data directory can be written, or made by the first start. Leaves nothing. */
export async function checkDirectory(dir: string): Promise<Finding> {
  const check = "data directory";
  try {
    const existing = await nearestExisting(dir);
    if (!(await stat(existing)).isDirectory()) return wrong(check, `${existing} is no directory: change STORE_URL`);
    await access(existing, READ_WRITE_ENTER);
    if (existing !== dir) return ok(check, `${dir} is missing; the first start makes it`);
    await tryWriting(dir);
    return await describe(check, dir);
  } catch (error) {
    return wrong(check, `${dir} ${remedy(systemCodeOf(error))}`);
  }
}

async function nearestExisting(dir: string): Promise<string> {
  const isThere = await stat(dir).then(
    () => true,
    (error: unknown) => {
      if (systemCodeOf(error) === "ENOENT" && dirname(dir) !== dir) return false;
      throw error;
    },
  );
  return isThere ? dir : nearestExisting(dirname(dir));
}

async function tryWriting(dir: string): Promise<void> {
  const path = join(dir, `.doctor-${process.pid}`);
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile("avatar-bot");
    await handle.sync();
  } finally {
    await handle.close();
    await rm(path, { force: true });
  }
}

async function describe(check: string, dir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free < LEAST_FREE_BYTES) return wrong(check, `${dir} has only ${megabytes(free)} free: make room`);
  const rights = ((await stat(dir)).mode & 0o777).toString(8).padStart(3, "0");
  return ok(check, `${dir} can be written (rights ${rights}), ${megabytes(free)} free`);
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2).toLocaleString("en")} MB`;
}

function remedy(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "cannot be written by this user: change its owner or rights, or STORE_URL";
    case "EROFS":
      return "is on a read-only file system: mount a volume there, or change STORE_URL";
    case "ENOTDIR":
      return "lies below a file: change STORE_URL";
    case "ENOSPC":
    case "EDQUOT":
      return "is full: make room";
    default:
      return `cannot be written (${code}): change STORE_URL`;
  }
}
