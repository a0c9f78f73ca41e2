import { z } from "zod";
import { findingSchema } from "./judge.ts";
import type { Kind, MaterialRole, Need } from "./kinds.ts";
import { MATERIAL_ROLES } from "./kinds.ts";
import { FILE_FORMATS } from "./material.ts";
import type { State } from "./state.ts";
import { STATES } from "./state.ts";

const format = z.enum(FILE_FORMATS);
const role = z.enum(MATERIAL_ROLES);

/** Refusals of a file: kept in the record, so that *Why?* can tell them later. Sizes and limits are bytes. */
export const fileRefusalSchema = z.discriminatedUnion("refusal", [
  z.object({
    refusal: z.literal("wrong-format"),
    format,
    takes: z.array(format).readonly(),
    role: z.exactOptional(role),
    /** What the request needs, where no role was tried. */
    needs: z.exactOptional(z.array(role).readonly()),
    /** What the content is where we have no format for it, as its usual extension: `gif`. */
    type: z.exactOptional(z.string()),
    /** The extension of a name that claims a format which the content has not. */
    named: z.exactOptional(z.string()),
  }),
  z.object({ refusal: z.literal("empty-file") }),
  z.object({ refusal: z.literal("too-large"), role, size: z.number(), limit: z.number() }),
  z.object({ refusal: z.literal("external-file") }),
  z.object({ refusal: z.literal("file-gone") }),
  z.object({ refusal: z.literal("file-hidden") }),
  z.object({ refusal: z.literal("file-not-shared") }), // Slack Connect: access_denied
  z.object({ refusal: z.literal("login-page") }),
  z.object({ refusal: z.literal("transfer-failed"), code: z.string(), detail: z.string() }),
  /** Looking inside found a clear violation; the findings stand beside it in the material. */
  z.object({ refusal: z.literal("material-rule"), finding: findingSchema }),
  z.object({
    refusal: z.literal("check-failed"),
    of: z.enum(["evaluation", "detection"]),
    code: z.exactOptional(z.string()),
  }),
  z.object({ refusal: z.literal("check-broken"), said: z.string() }),
  z.object({ refusal: z.literal("not-collecting"), state: z.enum(STATES), id: z.exactOptional(z.string()) }),
  z.object({ refusal: z.literal("other-workspace") }),
]);
export type FileRefusal = z.infer<typeof fileRefusalSchema>;

/** Who may not, and who may. */
export type PersonRefusal =
  | { readonly refusal: "not-found"; readonly id: string }
  | { readonly refusal: "other-workspace" }
  | { readonly refusal: "may-not-launch"; readonly may: readonly string[] }
  | { readonly refusal: "may-not-decide"; readonly may: readonly string[]; readonly isRequester: boolean }
  | { readonly refusal: "may-not-cancel"; readonly may: readonly string[] }
  | { readonly refusal: "may-not-settle"; readonly may: readonly string[] }
  | { readonly refusal: "may-not-answer"; readonly may: readonly string[] }
  | { readonly refusal: "may-not-replace-approver"; readonly may: readonly string[] }
  | { readonly refusal: "may-not-override"; readonly may: readonly string[] };

/** The click came too late, or for something that has changed since. `at` is epoch milliseconds. */
export type StateRefusal =
  | { readonly refusal: "not-ready"; readonly missing: readonly Need["id"][] }
  | { readonly refusal: "materials-changed" }
  | { readonly refusal: "already-launched"; readonly by: string; readonly at: number }
  | {
      readonly refusal: "already-decided";
      readonly by: string;
      readonly at: number;
      readonly operate: "AGREE" | "REJECT";
    }
  | { readonly refusal: "old-round"; readonly round: number }
  | { readonly refusal: "nothing-to-decide"; readonly state: State }
  | { readonly refusal: "already-over"; readonly state: State }
  | { readonly refusal: "being-launched"; readonly by: string }
  | { readonly refusal: "cancel-while-launching"; readonly by: string }
  | { readonly refusal: "being-decided"; readonly by: string }
  /** The button said Cancel, and the request has been launched since. */
  | { readonly refusal: "launched-meanwhile"; readonly id: string }
  | { readonly refusal: "nothing-to-settle" }
  | { readonly refusal: "already-answered"; readonly role: MaterialRole }
  | { readonly refusal: "not-an-approver"; readonly user: string; readonly approvers: readonly string[] }
  | { readonly refusal: "no-approvers" }
  /** Names that Slack knows nobody by. */
  | { readonly refusal: "nobody-called"; readonly names: readonly string[] }
  | { readonly refusal: "no-demo" }
  | { readonly refusal: "nothing-to-override" }
  | { readonly refusal: "no-texts" };

/** Files posted elsewhere cannot be added to a request. */
export type AddRefusal =
  /** `byApp`: there are files, and no person posted them. */
  | { readonly refusal: "no-files"; readonly byApp: boolean }
  | { readonly refusal: "no-open-request" }
  /** This app is not in that channel or conversation. */
  | { readonly refusal: "conversation-hidden" };

/** A field of a form, and what is wrong with it. */
export type FieldRefusal =
  | { readonly refusal: "name-rule" }
  /** Which request has it, for someone who may see that. */
  | { readonly refusal: "name-in-use"; readonly id?: string }
  | { readonly refusal: "notes-too-long"; readonly length: number; readonly limit: number }
  | { readonly refusal: "demo-text-length"; readonly length: number; readonly low: number; readonly high: number }
  | { readonly refusal: "approver-missing" }
  | { readonly refusal: "nobody-can-decide" }
  | { readonly refusal: "approver-not-allowed"; readonly may: readonly string[] }
  /** Bots, people who have left and people of other workspaces, by their names where these are known. */
  | { readonly refusal: "approver-cannot-act"; readonly names: readonly string[] }
  | { readonly refusal: "not-for-kind"; readonly kind: Kind }
  | { readonly refusal: "channel-missing" }
  | { readonly refusal: "not-in-channel" }
  | { readonly refusal: "reason-missing" }
  | { readonly refusal: "reason-too-long"; readonly length: number; readonly limit: number }
  | { readonly refusal: "task-id-missing" }
  | { readonly refusal: "task-in-use"; readonly id?: string }
  | { readonly refusal: "task-unknown"; readonly said: string; readonly requestId?: string }
  | { readonly refusal: "task-not-checked" };

/** The vendor said no, definitely. */
export type VendorRefusal = {
  readonly refusal: "vendor";
  readonly code: number | string;
  readonly said: string;
  readonly requestId?: string;
};

/** Closed: a new refusal is a line here and a sentence in bot/words, or it does not compile. */
export type Refusal = FileRefusal | PersonRefusal | StateRefusal | AddRefusal | FieldRefusal | VendorRefusal;

export function isRefusal<T extends object>(value: T): value is Extract<T, { readonly refusal: string }> {
  return "refusal" in value;
}
