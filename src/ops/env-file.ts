import { existsSync, readFileSync } from "node:fs";
import { systemCodeOf } from "../core/fault.ts";

/**
 * Loads settings from a file, if it exists. Variables that are already set win.
 * @returns the problems found. Any problem means that nothing was loaded: Node would skip malformed lines silently
 */
export function loadEnvFile(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    const wrong = malformedLines(readFileSync(path, "utf8"));
    if (wrong.length === 0) process.loadEnvFile(path);
    return wrong.map((line) => `${path}, line ${line}: it is not of the form NAME=value`);
  } catch (error) {
    return [`${path} ${reasonFor(systemCodeOf(error))}`];
  }
}

const QUOTED = /=[ \t]*(["'`])[\s\S]*?\1/g;
const WELL_FORMED = /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=.*)?$/;

/** Line numbers, from 1. A quoted value may span several lines. */
function malformedLines(text: string): number[] {
  const flat = text.replace(QUOTED, (value) => `=${value.replace(/[^\n]/g, "")}`);
  return flat.split(/\r?\n/).flatMap((line, i) => (WELL_FORMED.test(line) ? [] : [i + 1]));
}

function reasonFor(code: string): string {
  if (code === "EISDIR") return "is a directory: it has to be a file, or be gone";
  return code === "EACCES" ? "cannot be read by this user" : `cannot be read (${code})`;
}
