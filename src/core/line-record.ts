import { z } from "zod";
import { optional, storedObject, time, userId } from "./stored-object.ts";

/** A line that a finished voice or avatar says. */
export const lineSchema = storedObject({
  /** Sent as `Header.RequestID`. */
  id: z.string(),
  by: userId,
  askedAt: time,
  text: z.string(),
  /** A sound is free; a film spends broadcast hours. */
  what: z.enum(["sound", "film"]),
  state: z.enum(["asked", "making", "made", "shown", "failed", "unknown"]),
  /** Which process asks the vendor. */
  owner: z.string(),
  /** Set just before a film is ordered: from then on it may have been. */
  sent: optional(z.boolean()),
  /** When it is looked at next; while somebody works at it, until when. */
  at: time,
  tries: z.number(),
  task: optional(z.string()),
  /** The vendor's link, as long as it lives and is needed. */
  media: optional(z.string()),
  /** Slack's id of the file, and that Slack was asked to show it. */
  file: optional(z.string()),
  shared: optional(z.boolean()),
  /** The vendor's reason, with its code where it gave one. */
  code: optional(z.string()),
  said: optional(z.string()),
});
export type SpokenLine = z.infer<typeof lineSchema>;
