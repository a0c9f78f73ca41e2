import { z } from "zod";
import { MATERIAL_ROLES } from "./kinds.ts";
import { fileRefusalSchema } from "./refusal.ts";
import { stageSchema } from "./state.ts";
import { storedObject } from "./stored-object.ts";

const userId = z.string();
const optional = z.exactOptional;

/** What a notice says. A new one is a row here, a row of src/bot/cards/notices.ts and its words, or it does not compile. */
const noticeContentSchema = z.discriminatedUnion("type", [
  storedObject({ type: z.literal("card") }),
  /** `more`: ids of further videos of the same message. */
  storedObject({ type: z.literal("which-file"), material: z.string(), more: optional(z.array(z.string()).readonly()) }),
  /** `files`: ids of what somebody other than the requester has offered in one message. */
  storedObject({ type: z.literal("files-offered"), files: z.array(z.string()).readonly() }),
  /** `by` is a user name, or an id where no name is known; `older` are names of files. */
  storedObject({
    type: z.literal("file-replaced"),
    role: z.enum(MATERIAL_ROLES),
    name: z.string(),
    by: z.string(),
    older: z.array(z.string()).readonly(),
  }),
  /** Files of one message that left no material; `from` is where they were added from, if not the thread. */
  storedObject({
    type: z.literal("files-turned-away"),
    to: userId,
    name: z.string(),
    files: z.number(),
    refusal: fileRefusalSchema,
    from: optional(storedObject({ channel: z.string(), thread: optional(z.string()) })),
  }),
  storedObject({ type: z.literal("file-refused"), material: z.string() }),
  /** A file comes, or has come, through an upload link. */
  storedObject({ type: z.literal("file-uploaded"), material: z.string() }),
  /** Files of the request that this one tries again, which have to be dropped once more. */
  storedObject({
    type: z.literal("files-missing"),
    files: z
      .array(storedObject({ role: z.enum(MATERIAL_ROLES), name: z.string(), why: z.enum(["gone", "elsewhere"]) }))
      .readonly(),
  }),
  storedObject({ type: z.literal("file-warned"), material: z.string() }),
  storedObject({ type: z.literal("check-report"), material: z.string() }),
  storedObject({ type: z.literal("texts") }),
  storedObject({ type: z.literal("demo"), round: z.number() }),
  storedObject({
    type: z.literal("launch-refused"),
    code: z.string(),
    said: z.string(),
    requestId: optional(z.string()),
    to: userId,
  }),
  storedObject({
    type: z.literal("demo-direct"),
    round: z.number(),
    to: userId,
    /** They decide since the demo was posted: the mention in the thread has not reached them, wherever they are. */
    late: optional(z.literal(true)),
  }),
  /** Somebody was made an approver while no demo waits. */
  storedObject({ type: z.literal("approver-added"), to: userId, by: userId }),
  storedObject({ type: z.literal("owner-changed"), from: userId, to: userId, by: userId }),
  storedObject({ type: z.literal("reminder"), people: z.array(userId).readonly(), by: userId }),
  /** To the requester: others have not acted for working days. */
  storedObject({ type: z.literal("long-wait"), to: userId, people: z.array(userId).readonly(), since: z.number() }),
  /** To the requester: these approvers were deactivated. */
  storedObject({ type: z.literal("approvers-left"), to: userId, people: z.array(userId).readonly() }),
  /** A stage takes longer than nearly all others did. `usualMs`: what 95 of 100 took at most. */
  storedObject({
    type: z.literal("stage-late"),
    to: userId,
    stage: stageSchema,
    since: z.number(),
    usualMs: z.number(),
  }),
  /** The request's channel was archived or made private, or this bot is no longer in it. */
  storedObject({ type: z.literal("channel-changed"), news: z.enum(["archived", "left", "private"]), to: userId }),
  storedObject({ type: z.literal("launch-unknown"), claim: z.string() }),
  storedObject({ type: z.literal("name-taken"), said: z.string() }),
  storedObject({
    type: z.literal("decision-refused"),
    code: z.string(),
    said: z.string(),
    requestId: optional(z.string()),
    to: userId,
  }),
  storedObject({ type: z.literal("decision-unknown"), round: z.number() }),
  storedObject({ type: z.literal("decided-elsewhere"), round: z.number() }),
  storedObject({ type: z.literal("done") }),
  /** In the place of what it told, and the news in the thread. */
  storedObject({ type: z.literal("erased") }),
  storedObject({ type: z.literal("erasure") }),
  /** Something that a finished voice or avatar says. */
  storedObject({ type: z.literal("line"), line: z.string() }),
  /** What was made ends in so many days. */
  storedObject({ type: z.literal("asset-expires"), days: z.union([z.literal(30), z.literal(7)]) }),
  storedObject({ type: z.literal("failed") }),
]);
export type NoticeContent = z.infer<typeof noticeContentSchema>;

/** A message that must be delivered once: stored with the change that causes it, sent afterwards, found again by `key`. */
export const noticeSchema = storedObject({
  key: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The message's ts, or "said" if it has none. */
  delivered: optional(z.string()),
  /** How many deliveries have failed. */
  tries: optional(z.number()),
  content: noticeContentSchema,
});
export type Notice = z.infer<typeof noticeSchema>;
