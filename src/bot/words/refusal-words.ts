import type { FieldRefusal, Refusal } from "../../core/refusal.ts";
import type { Mrkdwn } from "./mrkdwn.ts";

export type RefusalOf<Type extends Refusal["type"]> = Extract<Refusal, { readonly type: Type }>;
type FieldRefusalOf<Type extends FieldRefusal["type"]> = Extract<FieldRefusal, { readonly type: Type }>;

/** A sentence for each refusal: what happened, why, what to do, and who can. @param bot  the bot's user name */
export type RefusalWords = {
  readonly [Type in Refusal["type"]]: (r: RefusalOf<Type>, bot: string | undefined) => Mrkdwn;
};

/** Plain text beside a field: what is wrong, and what would be right. @param bot  the bot's user name */
export type FieldErrorWords = {
  readonly [Type in FieldRefusal["type"]]: (r: FieldRefusalOf<Type>, bot: string | undefined) => string;
};

/** The union of refusals, written so that the compiler sees which row belongs to which refusal. */
type AnyRefusal<Type extends Refusal["type"] = Refusal["type"]> = {
  [T in Type]: { readonly type: T } & RefusalOf<T>;
}[Type];
type AnyFieldRefusal<Type extends FieldRefusal["type"] = FieldRefusal["type"]> = {
  [T in Type]: { readonly type: T } & FieldRefusalOf<T>;
}[Type];

export function refusalText<Type extends Refusal["type"]>(
  words: RefusalWords,
  r: AnyRefusal<Type>,
  bot: string | undefined,
): Mrkdwn {
  const row: (r: AnyRefusal<Type>, bot: string | undefined) => Mrkdwn = words[r.type];
  return row(r, bot);
}

export function fieldErrorText<Type extends FieldRefusal["type"]>(
  words: FieldErrorWords,
  r: AnyFieldRefusal<Type>,
  bot: string | undefined,
): string {
  const row: (r: AnyFieldRefusal<Type>, bot: string | undefined) => string = words[r.type];
  return row(r, bot);
}
