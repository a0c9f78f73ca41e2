import { DatabaseError } from "pg";
import { ZodError, z } from "zod";
import type { Customization } from "../core/customization.ts";
import { dueAt, urgentAt } from "../core/due-at.ts";
import { isOver } from "../core/state.ts";
import { storeFault } from "./database.ts";
import { readRecord } from "./frozen-copy.ts";

/** What a write sets, in the order of `rowOf`. */
export const ROW_COLUMNS =
  "version, schema, state, requester, channel, card, task, form, name_in_use, due_at, urgent_at, change_id, document";

/** A record as its row. @param changeId  a UUID of this write alone */
export function rowOf(c: Customization, changeId: string): readonly unknown[] {
  const { channel, card } = c.conversation;
  return [
    c.version,
    c.schema,
    c.state,
    storableText(c.requester),
    storableText(channel),
    card === undefined ? null : storableText(card),
    c.task ? storableText(c.task.id) : null,
    storableText(c.formId),
    isOver(c.state) ? null : nameKey(c.name),
    timeOf(dueAt(c)),
    timeOf(urgentAt(c)),
    changeId,
    documentText(c),
  ];
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

/** Names are compared without case. */
export function nameKey(name: string): string {
  return storableText(name.normalize("NFC").toLowerCase());
}

/** PostgreSQL's text takes neither U+0000 nor halves of surrogate pairs: these, and what would look like them, as hex. */
export function storableText(text: string): string {
  return text.replace(/[\\\p{Cc}\p{Cs}]/gu, (taken) => `\\${taken.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The opposite of `storableText`. */
export function storedText(text: string): string {
  return text.replace(/\\([0-9a-f]{4})/g, (_taken, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** `AV-12` → 12, as text; undefined for what is no id of ours. */
export function numberOf(id: string): string | undefined {
  return /^AV-([1-9]\d{0,11})$/.exec(id)?.[1];
}

/** Stands before what jsonb refuses; a real one is doubled. */
const MARK = "\u241b";

/** The record as JSON that jsonb takes: escapes of U+0000 and of lone surrogates become text of our own. */
function documentText(c: Customization): string {
  const marked = JSON.stringify(c).replaceAll(MARK, MARK + MARK);
  return marked.replace(/\\(?:u(0000|d[89a-f][0-9a-f]{2})|.)/g, (found, code?: string) =>
    code === undefined ? found : `${MARK}u${code}`,
  );
}

/** @throws as `readRecord` does */
function readDocumentText(text: string): Customization {
  const escaped = text.replace(new RegExp(`${MARK}(?:${MARK}|u([0-9a-f]{4}))`, "g"), (_mark, code?: string) =>
    code === undefined ? MARK : `\\u${code}`,
  );
  return readRecord(escaped);
}

/** Numbers as text, as `pg` gives what a bigint has; documents too, for jsonb has its own way of reading them. */
export const requestRows = z.array(z.object({ number: z.string(), document: z.string() }));
export type RequestRow = z.infer<typeof requestRows>[number];

/** The unique index says that another open request has the name. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === "requests_name_in_use";
}

/** What a list knows of each of its records, and those that it has to read. */
export const versionRows = z.array(z.object({ number: z.string(), change: z.string() }));
export const documentRows = z.array(z.object({ number: z.string(), change: z.string(), document: z.string() }));
export const DOCUMENTS =
  "SELECT number::text, change_id::text AS change, document::text FROM requests WHERE number = ANY($1::bigint[])";

export const COUNT_REQUESTS = "SELECT kind, state, count(*)::int AS count FROM requests GROUP BY kind, state";
export const requestCounts = z.array(z.object({ kind: z.string(), state: z.string(), count: z.int() }));

/** @throws {Fault} `store-newer`, `store-unreadable` */
export function readRow({ number, document }: RequestRow): Customization {
  const doing = `reading AV-${number} in the table requests`;
  try {
    return readDocumentText(document);
  } catch (error) {
    throw storeFault("store-unreadable", doing, error instanceof ZodError ? new Error(z.prettifyError(error)) : error);
  }
}
