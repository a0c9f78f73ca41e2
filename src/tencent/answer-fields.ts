import { z } from "zod";

/** `"30"`, `" 70 % "`, `1e-3`. */
const NUMBER_TEXT = /^\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*%?\s*$/i;

/** A number, also as text (`"30"`, `"70%"`). Anything else is undefined. */
export const looseNumber = z
  .union([z.number(), z.string().transform((text) => Number(NUMBER_TEXT.exec(text)?.[1] ?? Number.NaN))])
  .optional()
  .catch(undefined)
  .transform((number) => (Number.isFinite(number) ? number : undefined));

/** An id as text; the gateway may send it as a number. */
export const idText = z.union([z.string().trim().min(1), z.number()]).transform(String);

const anyFields = z.record(z.string(), z.unknown());

/** The scalar fields of an asset; the rest, and what is empty, is left out. One odd field must not lose the others. */
export const assetFields = z.unknown().transform((asset): Record<string, string | number | boolean> => {
  const fields = Object.entries(anyFields.safeParse(asset).data ?? {});
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (isScalar(value) && value !== "" ? [[name, value]] : [])),
  );
});

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/**
 * A task that the gateway has accepted: a TaskId, as text or as a number.
 * Without a usable one, nobody knows whether a task was started, even after Code 0.
 */
export const startedSchema = z.object({
  TaskId: z.union([z.string().trim().min(1), z.int().positive()]).transform(String),
});
