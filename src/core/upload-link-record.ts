import { z } from "zod";
import { MATERIAL_ROLES } from "./kinds.ts";
import { optional, storedObject, time, userId } from "./stored-object.ts";

/** A link with which whoever holds it uploads one file of a role. Making it is the requester's yes to that file. */
export const uploadLinkSchema = storedObject({
  id: z.string(),
  /** SHA-256 of its secret, in hex. */
  hash: z.string(),
  role: z.enum(MATERIAL_ROLES),
  by: userId,
  /** Their user name, for dialogs. */
  byName: optional(z.string()),
  at: time,
  /** When its upload must have begun. */
  startBy: time,
  /** The material that has come through it. */
  used: optional(z.string()),
  ended: optional(z.enum(["revoked", "replaced"])),
});
export type UploadLink = z.infer<typeof uploadLinkSchema>;
