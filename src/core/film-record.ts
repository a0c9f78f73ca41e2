import { z } from "zod";
import { optional, storedObject, time } from "./stored-object.ts";

/** A demo on its way into Slack, next to the message that a notice has posted. The vendor's link stays in any case. */
export const filmSchema = storedObject({
  /** Key of the notice that it follows. */
  notice: z.string(),
  state: z.enum(["waiting", "sending", "shared", "link-only"]),
  /** When it is tried (again), or until when its sender holds it. */
  at: time,
  tries: z.number(),
  /** Slack's ids of what was uploaded. */
  files: z.array(z.string()),
  /** Set just before Slack is asked to show the files: from then on it may have done so. */
  sent: optional(z.boolean()),
  /** Why there is only the link. */
  because: optional(z.string()),
});
export type Film = z.infer<typeof filmSchema>;

/** Where a film is shown. */
export interface FilmPlace {
  readonly channel: string;
  readonly thread?: string;
}

/** Why a film cannot be shown, and never will be. */
export type FilmRefusal =
  | "address" // its link leads where this bot does not go
  | "no-size"
  | "too-large"
  | "not-a-film"
  | "gone";
