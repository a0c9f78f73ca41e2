import { createReadStream, readFileSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { broken, faulty, material } from "../../material/files.ts";
import { longPackage } from "../../material/long-package.ts";
import { longRecording } from "../../material/long-recording.ts";
import type { Sample } from "../contract.ts";

const TABLES = new URL("../../material/README.md", import.meta.url);
/** Means "the same as the row above". */
const SAME = /^the same\b/;
const GROUPS = { good: material, broken, faulty } as const;

/** A sample and its bytes. */
interface SampleFile extends Sample {
  readonly open: () => Readable;
}

/** The sample files, described by the tables of their README. */
export function samples(): SampleFile[] {
  const words = wordsOf(readFileSync(TABLES, "utf8"));
  const kept = Object.entries(GROUPS).flatMap(([group, files]) =>
    Object.values(files).map(({ name, path }) => {
      const what = words.get(name) ?? name;
      const open = (): Readable => createReadStream(path);
      return { name, open, size: statSync(path).size, what, group: group as Sample["group"] };
    }),
  );
  const long = [longRecording, longPackage].map(({ name, size, bytes }) => {
    const open = (): Readable => Readable.from([bytes()]);
    return { name, open, size: size(), what: words.get(name) ?? name, group: "good" as const };
  });
  return kept.toSpliced(Object.keys(material).length, 0, ...long);
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
