import { z } from "zod";

/** A task that the gateway has taken: a TaskId, as text or as a number. Code 0 without a usable one is unclear. */
export const startedSchema = z.object({
  TaskId: z.union([z.string().trim().min(1), z.int().positive()]).transform(String),
});
