import { z } from "zod";
import { SCHEMA } from "../core/customization.ts";
import { Fault } from "../core/fault.ts";
import { toSchema1 } from "./upgrades/to-schema-1.ts";

const storedSchema = z.looseObject({ schema: z.exactOptional(z.int().nonnegative()) });

/** `STEPS[n]` turns a document of schema n into one of schema n + 1. */
const STEPS: ReadonlyArray<(old: Record<string, unknown>) => Record<string, unknown>> = [toSchema1];

/**
 * Brings a stored document to the schema of this version. Keys that no schema knows stay.
 * @throws {Fault} `store-newer` when a newer version wrote it
 * @throws {z.ZodError} when it is not a document of its schema
 */
export function upgradeRecord(json: unknown): unknown {
  const stored = storedSchema.parse(json);
  const { schema = 0 } = stored;
  if (schema > SCHEMA) {
    const id = typeof stored.id === "string" ? stored.id : "a document";
    const remedy = "start the version that wrote it, or restore the backup from before the upgrade";
    throw new Fault(
      "store-newer",
      `reading ${id}: it has schema ${schema}, and this version reads up to ${SCHEMA}: ${remedy}`,
    );
  }
  return STEPS.slice(schema).reduce((document, step) => step(document), stored);
}
