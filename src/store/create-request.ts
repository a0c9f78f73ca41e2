import { z } from "zod";
import type { NewCustomization } from "../core/customization.ts";
import type { Created } from "../core/ports.ts";
import type { Query } from "./database.ts";
import { frozenCopy } from "./frozen-copy.ts";
import { nameKey, ROW_COLUMNS, readRow, rowOf, storableText } from "./request-row.ts";

/**
 * Gives a draft its number and inserts it. For a transaction in which nobody else creates.
 * @param changeId  of this try and those that repeat it after a lost answer
 */
export async function createRequest(query: Query, draft: NewCustomization, changeId: string): Promise<Created> {
  return (await findConflict(query, draft, changeId)) ?? (await insert(query, draft, changeId));
}

const conflictRows = z.array(
  z.object({ number: z.string(), document: z.string(), ours: z.boolean(), same: z.boolean() }),
);

/** Why a draft was not created: the form was already submitted (perhaps by a retry of ours), or the name is taken. */
async function findConflict(query: Query, draft: NewCustomization, changeId: string): Promise<Created | undefined> {
  const sql = `
    SELECT number::text, document::text, form = $1 AS same, change_id = $3 AS ours FROM requests
    WHERE form = $1 OR name_in_use = $2 ORDER BY same DESC LIMIT 1`;
  const key = [storableText(draft.formId), nameKey(draft.name), changeId];
  const [found] = conflictRows.parse(await query(sql, key));
  if (!found) return undefined;
  if (!found.same) return { type: "name-in-use", id: `AV-${found.number}` };
  return { type: found.ours ? "created" : "existing", customization: readRow(found) };
}

async function insert(query: Query, draft: NewCustomization, changeId: string): Promise<Created> {
  const next = z.tuple([z.object({ number: z.string() })]);
  const [{ number }] = next.parse(await query("SELECT nextval('request_numbers')::text AS number"));
  const customization = frozenCopy({ ...draft, id: `AV-${number}`, version: 1 });
  const row = rowOf(customization, changeId);
  const places = row.map((_value, i) => `$${i + 2}`).join(", ");
  await query(`INSERT INTO requests (number, ${ROW_COLUMNS}) VALUES ($1, ${places})`, [number, ...row]);
  return { type: "created", customization };
}
