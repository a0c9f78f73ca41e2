import { z } from "zod";
import type { ChangeRefusal, MayNotChange } from "./change-refusal.ts";
import { CHANGE_REFUSALS } from "./change-refusal.ts";
import { findingSchema } from "./judge.ts";
import type { Kind } from "./kinds.ts";
import { MATERIAL_ROLES } from "./kinds.ts";
import { FILE_FORMATS } from "./material.ts";
import { STATES } from "./state.ts";
import type { StateRefusal } from "./state-refusal.ts";
import { storedObject } from "./stored-object.ts";

const format = z.enum(FILE_FORMATS);
const role = z.enum(MATERIAL_ROLES);

/** This kind of person may not act at all, or not here. */
const standingRefusals = [
  storedObject({ type: z.literal("other-workspace") }),
  storedObject({ type: z.literal("person-unknown") }), // Slack did not say who this is
  storedObject({ type: z.literal("not-a-person"), because: z.enum(["app", "deactivated"]) }),
  storedObject({ type: z.literal("guest-outside") }),
] as const;
export type StandingRefusal = z.infer<(typeof standingRefusals)[number]>;

/** Refusals of a file. The record keeps them for *Why?*. Sizes and limits are bytes. */
export const fileRefusalSchema = z.discriminatedUnion("type", [
  storedObject({
    type: z.literal("wrong-format"),
    format,
    takes: z.array(format).readonly(),
    role: z.exactOptional(role),
    /** What the request needs, when the file matched no role. */
    needs: z.exactOptional(z.array(role).readonly()),
    /** The usual extension of the content, when the format is not accepted: `gif`. */
    contentType: z.exactOptional(z.string()),
    /** The name's extension, when the content has another format. */
    named: z.exactOptional(z.string()),
  }),
  storedObject({ type: z.literal("empty-file") }),
  storedObject({ type: z.literal("too-large"), role, size: z.number(), limit: z.number() }),
  storedObject({ type: z.literal("external-file") }),
  /** Slack lists it as a file, but it has no content of its own. `mode`: Slack's name for it, when we have no word. */
  storedObject({
    type: z.literal("not-a-file"),
    is: z.enum(["canvas", "list", "email", "post", "unknown"]),
    mode: z.exactOptional(z.string()),
  }),
  storedObject({ type: z.literal("file-gone") }),
  storedObject({ type: z.literal("file-hidden") }),
  storedObject({ type: z.literal("file-not-shared") }), // Slack Connect: access_denied
  storedObject({ type: z.literal("login-page") }),
  storedObject({ type: z.literal("link-failed"), because: z.enum(["page", "gone", "elsewhere", "no-size"]) }),
  storedObject({ type: z.literal("upload-stopped") }), // through an upload link; no byte has come for long
  storedObject({ type: z.literal("transfer-failed"), code: z.string(), detail: z.string() }),
  storedObject({
    type: z.literal("material-rule"), // the material holds all findings
    finding: findingSchema,
    /** All other violations, so that one answer names everything. */
    others: z.exactOptional(z.array(findingSchema).readonly()),
  }),
  storedObject({
    type: z.literal("check-failed"),
    of: z.enum(["evaluation", "detection"]),
    code: z.exactOptional(z.string()),
  }),
  storedObject({ type: z.literal("check-broken"), said: z.string() }),
  storedObject({ type: z.literal("too-many-files"), limit: z.number() }),
  /** By the requester, or an operator for them. */
  storedObject({ type: z.literal("not-wanted"), by: z.string(), uploaded: z.exactOptional(z.boolean()) }),
  storedObject({ type: z.literal("not-collecting"), state: z.enum(STATES), id: z.exactOptional(z.string()) }),
  ...standingRefusals,
]);
export type FileRefusal = z.infer<typeof fileRefusalSchema>;

/** Missing permissions; `may` lists who has them. */
export type PersonRefusal =
  | StandingRefusal
  | MayNotChange
  | { readonly type: "not-found"; readonly id: string }
  /** Slack did not say whether the person is in the request's channel, or whether that is public. */
  | { readonly type: "sight-unknown"; readonly id: string }
  | { readonly type: "may-not-launch"; readonly may: readonly string[] }
  | { readonly type: "may-not-decide"; readonly may: readonly string[]; readonly isRequester: boolean }
  | { readonly type: "may-not-cancel"; readonly may: readonly string[] }
  | { readonly type: "may-not-resolve-launch"; readonly may: readonly string[] }
  | { readonly type: "may-not-answer"; readonly may: readonly string[] }
  | { readonly type: "may-not-override"; readonly may: readonly string[] }
  | { readonly type: "may-not-erase"; readonly may: readonly string[] };

/** Why files from another message cannot be added to a request. */
export type AddRefusal =
  /** `byApp`: there are files, but an app posted them. */
  | { readonly type: "no-files"; readonly byApp: boolean }
  | { readonly type: "message-unknown"; readonly subtype: string }
  | { readonly type: "no-open-request"; readonly mayMiss?: boolean }
  /** This app is not a member of that channel or conversation. */
  | { readonly type: "conversation-hidden" }
  | { readonly type: "not-in-its-channel"; readonly id: string };

/** Why this bot cannot post in a conversation. */
export type ChannelRefusal =
  | { readonly type: "not-in-channel" }
  /** A private channel without this bot, or a conversation between people. */
  | { readonly type: "channel-unknown" }
  | { readonly type: "channel-archived" }
  /** Admins decide who may post there. */
  | { readonly type: "posting-restricted" }
  | { readonly type: "direct-messages-off" }
  | { readonly type: "group-conversation" };

/** What is wrong with a field of a form. */
export type FieldRefusal =
  | ChannelRefusal
  | { readonly type: "name-rule" }
  /** `id`: the request that has it, for someone who may see it. */
  | { readonly type: "name-in-use"; readonly id?: string }
  | { readonly type: "notes-too-long"; readonly length: number; readonly limit: number }
  | { readonly type: "demo-text-length"; readonly length: number; readonly low: number; readonly high: number }
  | { readonly type: "approver-missing" }
  | { readonly type: "nobody-can-decide" }
  | { readonly type: "approver-not-allowed"; readonly may: readonly string[] }
  /** Bots, people who have left, people of other workspaces and guests of other channels, by name where known. */
  | { readonly type: "approver-cannot-act"; readonly names: readonly string[] }
  | { readonly type: "too-many-open"; readonly open: number; readonly limit: number }
  /** Slack did not say who these are. */
  | { readonly type: "approver-not-checked"; readonly names: readonly string[] }
  | { readonly type: "not-for-kind"; readonly kind: Kind }
  | { readonly type: "channel-missing" }
  | { readonly type: "reason-missing" }
  | { readonly type: "reason-too-long"; readonly length: number; readonly limit: number }
  | { readonly type: "line-missing" }
  | { readonly type: "line-too-long"; readonly length: number; readonly limit: number }
  | { readonly type: "task-id-missing" }
  | { readonly type: "task-in-use"; readonly id?: string }
  | { readonly type: "task-unknown"; readonly said: string; readonly requestId?: string }
  | { readonly type: "task-not-checked" };

/** A new refusal needs a line here and a sentence in bot/words, or it does not compile. */
export type Refusal = FileRefusal | PersonRefusal | StateRefusal | ChangeRefusal | AddRefusal | FieldRefusal;

/** Complete, or it does not compile. */
const REFUSAL_TYPES: Readonly<Record<Refusal["type"], true>> = {
  ...CHANGE_REFUSALS,
  "wrong-format": true,
  "empty-file": true,
  "too-large": true,
  "external-file": true,
  "not-a-file": true,
  "file-gone": true,
  "file-hidden": true,
  "file-not-shared": true,
  "login-page": true,
  "link-failed": true,
  "upload-stopped": true,
  "transfer-failed": true,
  "material-rule": true,
  "check-failed": true,
  "check-broken": true,
  "too-many-files": true,
  "not-wanted": true,
  "not-collecting": true,
  "other-workspace": true,
  "person-unknown": true,
  "not-a-person": true,
  "guest-outside": true,
  "not-found": true,
  "sight-unknown": true,
  "may-not-launch": true,
  "may-not-decide": true,
  "may-not-cancel": true,
  "may-not-resolve-launch": true,
  "may-not-answer": true,
  "may-not-override": true,
  "not-ready": true,
  "materials-changed": true,
  "already-launched": true,
  "already-decided": true,
  "old-round": true,
  "nothing-to-decide": true,
  "already-over": true,
  "being-launched": true,
  "cancel-while-launching": true,
  "being-decided": true,
  "launched-meanwhile": true,
  "launch-already-known": true,
  "already-answered": true,
  "nobody-called": true,
  "too-fast": true,
  "no-demo": true,
  "cannot-try-again": true,
  "already-tried-again": true,
  "not-over": true,
  "may-not-erase": true,
  "was-erased": true,
  "nothing-to-override": true,
  "cannot-speak": true,
  "too-many-lines": true,
  "no-texts": true,
  "no-files": true,
  "message-unknown": true,
  "no-open-request": true,
  "conversation-hidden": true,
  "not-in-its-channel": true,
  "name-rule": true,
  "name-in-use": true,
  "notes-too-long": true,
  "demo-text-length": true,
  "approver-missing": true,
  "nobody-can-decide": true,
  "approver-not-allowed": true,
  "approver-cannot-act": true,
  "too-many-open": true,
  "approver-not-checked": true,
  "not-for-kind": true,
  "channel-missing": true,
  "not-in-channel": true,
  "channel-unknown": true,
  "channel-archived": true,
  "posting-restricted": true,
  "direct-messages-off": true,
  "group-conversation": true,
  "reason-missing": true,
  "reason-too-long": true,
  "line-missing": true,
  "line-too-long": true,
  "task-id-missing": true,
  "task-in-use": true,
  "task-unknown": true,
  "task-not-checked": true,
};

export function isRefusal<T extends object>(value: T): value is Extract<T, { readonly type: Refusal["type"] }> {
  return "type" in value && typeof value.type === "string" && Object.hasOwn(REFUSAL_TYPES, value.type);
}
