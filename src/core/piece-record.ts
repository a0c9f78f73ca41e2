import { z } from "zod";
import { optional, storedObject, time } from "./stored-object.ts";

/** How far an upload in pieces is, with all that another process needs to go on with it. */
export const pieceUploadSchema = storedObject({
  /** Bytes that COS has: whole parts, or the whole file. */
  bytes: z.number(),
  /** Of these bytes; an unsigned decimal. */
  crc64: z.string(),
  partBytes: z.number(),
  /** Its credentials, which only a bot with the same access token can open. */
  sealed: z.string(),
  /** When the credentials end, if the vendor says. */
  endsAt: optional(time),
  /** How often it has begun again because they had ended. */
  again: z.number(),
  /** Identifies the file, so that only the same one is gone on with. */
  print: z.string(),
});
export type PieceUpload = z.infer<typeof pieceUploadSchema>;
