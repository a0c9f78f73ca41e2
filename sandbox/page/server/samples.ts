import { readFileSync, statSync } from "node:fs";
import { broken, faulty, material } from "../../material/files.ts";
import type { Sample } from "../contract.ts";

const TABLES = new URL("../../material/README.md", import.meta.url);
/** As what the row before describes. */
const SAME = /^the same\b/;
const GROUPS = { good: material, broken, faulty } as const;

/** A sample and where it lies. */
interface SampleFile extends Sample {
  readonly path: string;
}

/** The files that lie ready, in the words of the tables that describe them. */
export function samples(): SampleFile[] {
  const words = wordsOf(readFileSync(TABLES, "utf8"));
  return Object.entries(GROUPS).flatMap(([group, files]) =>
    Object.values(files).map(({ name, path }) => {
      const what = words.get(name) ?? name;
      return { name, path, size: statSync(path).size, what, group: group as Sample["group"] };
    }),
  );
}

/** By the file's name: the last column, without markup. */
function wordsOf(tables: string): Map<string, string> {
  const rows = [...tables.matchAll(/^\| `(?:broken\/)?([^`]+)` +\|(?:.*\|)? ([^|]+) \|$/gm)];
  const first = { name: "" };
  return new Map(
    rows.map(([, name = "", what = ""]) => {
      if (!SAME.test(what)) first.name = name;
      return [name, what.trim().replaceAll("`", "").replace(SAME, `like ${first.name}`)];
    }),
  );
}
