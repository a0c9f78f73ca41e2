import { z } from "zod";

const NUMBER_TEXT = /^\s*([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*%?\s*$/i;

/** A number, also as text (`"30"`, `"70%"`); whatever else stands there, or nothing, is undefined. */
export const looseNumber = z
  .union([z.number(), z.string().transform((text) => Number(NUMBER_TEXT.exec(text)?.[1] ?? Number.NaN))])
  .optional()
  .catch(undefined)
  .transform((number) => (Number.isFinite(number) ? number : undefined));
