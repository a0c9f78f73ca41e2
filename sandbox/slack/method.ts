import { z } from "zod";
import type { Core } from "./core.ts";
import { SlackRefusal } from "./refusal.ts";

export type Args = Record<string, unknown>;

export interface Method {
  /** Checked before anything else; scopes that depend on the channel use `requireScope`. */
  readonly scope?: string;
  readonly token?: "app";
  run(core: Core, args: Args): Record<string, unknown>;
}

/** @throws {SlackRefusal} missing_scope, naming what is needed and what was granted */
export function requireScope(core: Core, needed: string): void {
  if (!core.scopes.has(needed))
    throw new SlackRefusal("missing_scope", { needed, provided: [...core.scopes].join(",") });
}

/** @throws {SlackRefusal} invalid_arguments, naming each one */
export function parseArgs<T>(schema: z.ZodType<T>, args: Args): T {
  const read = schema.safeParse(args);
  if (read.success) return read.data;
  const messages = read.error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.join("/")}]`);
  throw new SlackRefusal("invalid_arguments", { response_metadata: { messages } });
}

/** Booleans and numbers come as text in a form. */
export const Flag = z.union([
  z.boolean(),
  z.enum(["true", "false", "1", "0"]).transform((v) => v === "true" || v === "1"),
]);
export const Count = z.coerce.number().int().min(1);
