import { z } from "zod";

/** Epoch milliseconds, everywhere in a record. */
export const time = z.number();

/** Slack's id of a person, e.g. `U0ALICE`. It may also name someone of another workspace. */
export const userId = z.string();

/** The key may be absent, but is never stored as undefined. */
export const optional = z.exactOptional;

/**
 * An object of the record. Unknown keys survive a rewrite, because a later version may have stored them. The type omits
 * them, so that a misspelled key does not compile.
 */
export function storedObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip>;
export function storedObject(shape: z.ZodRawShape): z.ZodObject {
  return z.looseObject(shape);
}

/** Since when a call has been failing, and with what. */
export const failingSchema = storedObject({ since: time, because: z.string() });
