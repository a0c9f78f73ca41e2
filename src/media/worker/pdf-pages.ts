import type { MediaInfo, RandomAccess } from "../../core/check-ports.ts";
import { opensWithoutPassword, stringAt } from "./pdf-password.ts";

/** Readers find the header that far from the beginning. */
const HEAD_BYTES = 1024;
const TAIL_BYTES = 2048;
const SEARCH_BYTES = 64 * 1024;
const OBJECT_BYTES = 8192;
const MAX_TABLES = 16;
const MAX_SECTIONS = 200;

/** Where the entries of objects `first` to `first + count - 1` stand, 20 bytes each. */
interface Section {
  readonly first: number;
  readonly count: number;
  readonly at: number;
}

/**
 * The pages of a pdf, where they are certain, and what keeps people from opening it. A linearized file states its pages; in others
 * plain cross-reference tables lead to the root of the page tree. With compressed tables the number stays unknown.
 */
export async function readPdf(file: RandomAccess): Promise<MediaInfo> {
  const start = (await textAt(file, 0, HEAD_BYTES)).indexOf("%PDF-");
  if (start < 0) return {};
  // Offsets count from the header where something stands before it, but not all writers keep to that.
  const pages = (await pagesOf(startingAt(file, start))) ?? (start > 0 ? await pagesOf(file) : undefined);
  const tail = await textAt(file, Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES);
  const isCutOff = tail !== "" && !tail.includes("%%EOF");
  const needsPassword = (await opensForAnybody(file, tail)) === false;
  return {
    ...(pages !== undefined && { pages }),
    ...(isCutOff && { isCutOff }),
    ...(needsPassword && { needsPassword }),
  };
}

async function pagesOf(file: RandomAccess): Promise<number | undefined> {
  return (await linearizedPages(file)) ?? (await countedPages(file));
}

function startingAt(file: RandomAccess, start: number): RandomAccess {
  return { size: file.size - start, read: (offset, length) => file.read(start + offset, length) };
}

/** Undefined where it is not encrypted, or it cannot be told. */
async function opensForAnybody(file: RandomAccess, tail: string): Promise<boolean | undefined> {
  const trailer = /\/Encrypt\b[\s\S]*/.test(tail) ? tail : await encryptedTrailer(file, tail);
  if (trailer === undefined) return undefined;
  const id = stringAt(/\/ID\s*\[\s*([\s\S]*)/.exec(trailer)?.[1] ?? "");
  const object = referenceOf(trailer, "Encrypt");
  if (object === undefined) return opensWithoutPassword(/\/Encrypt\s*(<<[\s\S]*)/.exec(trailer)?.[1] ?? "", id);
  const dictionary = await searched(file, new RegExp(`\\b${object}\\s+\\d+\\s+obj\\b([^]*?endobj)`));
  return dictionary === undefined ? undefined : opensWithoutPassword(dictionary, id);
}

/** A trailer that does not stand at the end: a stream, or at the beginning of a linearized file. */
async function encryptedTrailer(file: RandomAccess, tail: string): Promise<string | undefined> {
  const at = /startxref\s+(\d+)/.exec(tail)?.[1];
  const text = at === undefined ? "" : await textAt(file, Number(at), OBJECT_BYTES);
  const isTrailer = /^\s*(?:\d+\s+\d+\s+obj|xref)\b/.test(text) && text.includes("/Encrypt");
  if (isTrailer) return text;
  const head = await textAt(file, 0, OBJECT_BYTES);
  return head.includes("/Linearized") && head.includes("/Encrypt") ? head : undefined;
}

/** What a pattern finds in the file, read from its beginning as far as that may go. */
async function searched(file: RandomAccess, pattern: RegExp): Promise<string | undefined> {
  for (let at = 0, kept = ""; at < file.size; at += SEARCH_BYTES) {
    const text = await textAt(file, at, SEARCH_BYTES);
    if (text === "") return undefined;
    const found = pattern.exec(kept + text)?.[1];
    if (found !== undefined) return found;
    kept = text.slice(-OBJECT_BYTES);
  }
  return undefined;
}

/** A later change makes the file longer than it says, and the number old. */
async function linearizedPages(file: RandomAccess): Promise<number | undefined> {
  const head = await textAt(file, 0, 1024);
  const dictionary = /^%PDF-.{0,100}?\d+ \d+ obj\s*<<([^>]*\/Linearized[^>]*)>>/s.exec(head)?.[1] ?? "";
  return numberOf(dictionary, "L") === file.size ? numberOf(dictionary, "N") : undefined;
}

async function countedPages(file: RandomAccess): Promise<number | undefined> {
  const tables = await readTables(file);
  const root = tables && referenceOf(tables.trailer, "Root");
  if (!tables || root === undefined) return undefined;
  const catalog = await objectOf(file, tables.sections, root);
  const tree = catalog === undefined ? undefined : referenceOf(catalog, "Pages");
  const pages = tree === undefined ? undefined : await objectOf(file, tables.sections, tree);
  return pages && /\/Type\s*\/Pages\b/.test(pages) ? numberOf(pages, "Count") : undefined;
}

/** The newest trailer, and the sections of all tables, newest first. */
async function readTables(file: RandomAccess): Promise<{ trailer: string; sections: Section[] } | undefined> {
  const tail = await textAt(file, Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES);
  const last = [...tail.matchAll(/startxref\s+(\d+)\s+%%EOF/g)].at(-1)?.[1];
  const found: { trailer?: string; sections: Section[] } = { sections: [] };
  let at = last === undefined ? undefined : Number(last);
  for (let tables = 0; at !== undefined && tables < MAX_TABLES; tables += 1) {
    const table = await readTable(file, at);
    if (!table) return undefined;
    found.trailer ??= table.trailer;
    found.sections.push(...table.sections);
    at = numberOf(table.trailer, "Prev");
  }
  return found.trailer === undefined || at !== undefined ? undefined : { ...found, trailer: found.trailer };
}

async function readTable(
  file: RandomAccess,
  start: number,
): Promise<{ trailer: string; sections: Section[] } | undefined> {
  const sections: Section[] = [];
  const keyword = /^\s*xref\s+/.exec(await textAt(file, start, 32))?.[0];
  if (!keyword) return undefined;
  for (let at = start + keyword.length; sections.length < MAX_SECTIONS; ) {
    const text = await textAt(file, at, OBJECT_BYTES);
    const trailer = /^\s*trailer\s*<<(.*?)startxref/s.exec(text)?.[1];
    if (trailer !== undefined) return { trailer, sections };
    const [line, first, count] = /^\s*(\d+) (\d+)\s*[\r\n]+/.exec(text) ?? [];
    if (line === undefined) return undefined;
    sections.push({ first: Number(first), count: Number(count), at: at + line.length });
    at += line.length + 20 * Number(count);
  }
  return undefined;
}

/** The text of an object up to its end, or to the stream that follows. */
async function objectOf(file: RandomAccess, sections: readonly Section[], id: number): Promise<string | undefined> {
  const section = sections.find(({ first, count }) => id >= first && id < first + count);
  if (!section) return undefined;
  const entry = await textAt(file, section.at + 20 * (id - section.first), 20);
  const at = /^(\d{10}) \d{5} n/.exec(entry)?.[1];
  const text = at === undefined ? "" : await textAt(file, Number(at), OBJECT_BYTES);
  return new RegExp(`^\\s*${id} \\d+ obj(.*?)(?:endobj|stream)`, "s").exec(text)?.[1];
}

function referenceOf(dictionary: string, name: string): number | undefined {
  const id = new RegExp(`/${name}\\s+(\\d+)\\s+\\d+\\s+R\\b`).exec(dictionary)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** A number that stands there itself, not a reference to one. */
function numberOf(dictionary: string, name: string): number | undefined {
  const digits = new RegExp(`/${name}\\s+(\\d{1,15})\\b(?!\\s+\\d+\\s+R)`).exec(dictionary)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

async function textAt(file: RandomAccess, at: number, length: number): Promise<string> {
  const bytes = at < file.size ? await file.read(at, Math.min(length, file.size - at)) : undefined;
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1") : "";
}
