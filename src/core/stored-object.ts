import { z } from "zod";

/**
 * An object of the record. Keys that this version does not know survive a rewrite: a later version may have stored
 * them. The type leaves them out, so that a misspelled key does not compile.
 */
export function storedObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip>;
export function storedObject(shape: z.ZodRawShape): z.ZodObject {
  return z.looseObject(shape);
}
