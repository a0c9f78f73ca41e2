import { existsSync, readFileSync } from "node:fs";
import { systemCodeOf } from "../core/fault.ts";

/**
 * Takes settings from a file where there is one; what the environment has already wins.
 * @returns what is wrong with the file; nothing is taken then, for node passes over such lines without a word
 */
export function loadEnvFile(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    const wrong = linesNotUnderstood(readFileSync(path, "utf8"));
    if (wrong.length === 0) process.loadEnvFile(path);
    return wrong.map((line) => `${path}, line ${line}: it is not of the form NAME=value`);
  } catch (error) {
    return [`${path} ${whyUnreadable(systemCodeOf(error))}`];
  }
}

const QUOTED = /=[ \t]*(["'`])[\s\S]*?\1/g;
const UNDERSTOOD = /^\s*(?:#.*|(?:export\s+)?[A-Za-z_]\w*\s*=.*)?$/;

/** Their numbers, from 1. A value in quotation marks may have several lines. */
function linesNotUnderstood(text: string): number[] {
  const flat = text.replace(QUOTED, (value) => `=${value.replace(/[^\n]/g, "")}`);
  return flat.split(/\r?\n/).flatMap((line, i) => (UNDERSTOOD.test(line) ? [] : [i + 1]));
}

function whyUnreadable(code: string): string {
  if (code === "EISDIR") return "is a directory: it has to be a file, or be gone";
  return code === "EACCES" ? "cannot be read by this user" : `cannot be read (${code})`;
}
