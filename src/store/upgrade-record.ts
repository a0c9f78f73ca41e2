import { z } from "zod";
import { SCHEMA } from "../core/customization.ts";
import { Fault } from "../core/fault.ts";
import { toSchema1 } from "./upgrades/to-schema-1.ts";

const storedSchema = z.looseObject({ id: z.exactOptional(z.string()), schema: z.exactOptional(z.int().nonnegative()) });

/** `STEPS[n]` makes a document of schema n + 1 out of one of schema n. */
const STEPS: ReadonlyArray<(old: Record<string, unknown>) => Record<string, unknown>> = [toSchema1];

/**
 * Brings a stored document to the schema of this version; its keys that no schema knows stay.
 * @throws {Fault} `store-newer` when a newer version wrote it
 */
export function upgradeRecord(json: unknown): unknown {
  const stored = storedSchema.parse(json);
  const { id, schema = 0 } = stored;
  if (schema > SCHEMA) {
    const remedy = "start the version that wrote it, or restore a backup from before the upgrade";
    throw new Fault(
      "store-newer",
      `reading ${id}: it has schema ${schema}, and this version reads up to ${SCHEMA}: ${remedy}`,
    );
  }
  return STEPS.slice(schema).reduce((document, step) => step(document), stored);
}
