import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { optionsOf } from "./options.ts";

/** Slack's size limits, in characters: docs.slack.dev/reference/block-kit. */
export function plainText(max: number) {
  return z.strictObject({
    type: z.literal("plain_text"),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion("type", [
    plainText(max),
    z.strictObject({
      type: z.literal("mrkdwn"),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().optional(),
    }),
  ]);
}

const Confirm = z.strictObject({
  title: plainText(100).optional(),
  text: plainText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const PlainOption = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(150),
  description: plainText(75).optional(),
});
const RichOption = z.strictObject({
  text: anyText(75),
  value: z.string().min(1).max(150),
  description: anyText(75).optional(),
});
const OverflowOption = PlainOption.extend({ url: z.url().max(3000).optional() });
const OptionGroup = z.strictObject({ label: plainText(75), options: z.array(PlainOption).min(1).max(100) });

const actionable = { action_id: z.string().min(1).max(255).optional() };
const menu = {
  ...actionable,
  placeholder: plainText(150).optional(),
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
};

export const Button = z.strictObject({
  type: z.literal("button"),
  ...actionable,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  confirm: Confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const StaticSelect = z
  .strictObject({
    type: z.literal("static_select"),
    ...menu,
    options: z.array(PlainOption).min(1).max(100).optional(),
    option_groups: z.array(OptionGroup).min(1).max(100).optional(),
    initial_option: PlainOption.optional(),
  })
  .check((ctx) => optionsAgree(ctx.value, ctx.value.initial_option ? [ctx.value.initial_option] : [], ctx.issues));

const MultiStaticSelect = z
  .strictObject({
    type: z.literal("multi_static_select"),
    ...menu,
    options: z.array(PlainOption).min(1).max(100).optional(),
    option_groups: z.array(OptionGroup).min(1).max(100).optional(),
    initial_options: z.array(PlainOption).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .check((ctx) => optionsAgree(ctx.value, ctx.value.initial_options ?? [], ctx.issues));

const UsersSelect = z.strictObject({
  type: z.literal("users_select"),
  ...menu,
  initial_user: z.string().min(1).optional(),
});
const MultiUsersSelect = z.strictObject({
  type: z.literal("multi_users_select"),
  ...menu,
  initial_users: z.array(z.string().min(1)).optional(),
  max_selected_items: z.int().min(1).optional(),
});
const ConversationsSelect = z.strictObject({
  type: z.literal("conversations_select"),
  ...menu,
  initial_conversation: z.string().min(1).optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(["im", "mpim", "private", "public"]))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .refine((filter) => Object.keys(filter).length > 0, "must have at least one filter property")
    .optional(),
});

const RadioButtons = z
  .strictObject({
    type: z.literal("radio_buttons"),
    ...actionable,
    options: z.array(RichOption).min(1).max(10),
    initial_option: RichOption.optional(),
    confirm: Confirm.optional(),
    focus_on_load: z.boolean().optional(),
  })
  .check((ctx) => optionsAgree(ctx.value, ctx.value.initial_option ? [ctx.value.initial_option] : [], ctx.issues));

const Checkboxes = z
  .strictObject({
    type: z.literal("checkboxes"),
    ...actionable,
    options: z.array(RichOption).min(1).max(10),
    initial_options: z.array(RichOption).min(1).optional(),
    confirm: Confirm.optional(),
    focus_on_load: z.boolean().optional(),
  })
  .check((ctx) => optionsAgree(ctx.value, ctx.value.initial_options ?? [], ctx.issues));

const Overflow = z.strictObject({
  type: z.literal("overflow"),
  ...actionable,
  options: z.array(OverflowOption).min(1).max(5),
  confirm: Confirm.optional(),
});

const PlainTextInput = z
  .strictObject({
    type: z.literal("plain_text_input"),
    ...actionable,
    placeholder: plainText(150).optional(),
    initial_value: z.string().optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    focus_on_load: z.boolean().optional(),
    dispatch_action_config: z
      .strictObject({ trigger_actions_on: z.array(z.enum(["on_enter_pressed", "on_character_entered"])).min(1) })
      .optional(),
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? 3000), "min_length must not exceed max_length")
  .refine(
    (input) => (input.initial_value ?? "").length <= (input.max_length ?? 3000),
    "initial_value must not be longer than max_length",
  );

export const ImageElement = z
  .strictObject({
    type: z.literal("image"),
    image_url: z.url().max(3000).optional(),
    slack_file: z.union([z.strictObject({ id: z.string() }), z.strictObject({ url: z.string() })]).optional(),
    alt_text: z.string().min(1).max(2000),
  })
  .refine((i) => (i.image_url === undefined) !== (i.slack_file === undefined), "needs image_url or slack_file");

const choosers = [
  StaticSelect,
  MultiStaticSelect,
  UsersSelect,
  MultiUsersSelect,
  ConversationsSelect,
  RadioButtons,
  Checkboxes,
] as const;

export const ActionsElement = z.discriminatedUnion("type", [Button, Overflow, ...choosers]);
export const AccessoryElement = z.discriminatedUnion("type", [Button, Overflow, ImageElement, ...choosers]);
export const InputElement = z.discriminatedUnion("type", [PlainTextInput, ...choosers]);

export type Button = z.infer<typeof Button>;
export type InputElement = z.infer<typeof InputElement>;
/** Any element that a person can act on. */
export type Interactive = z.infer<typeof ActionsElement> | InputElement;
export type Option = z.infer<typeof RichOption>;

function optionsAgree(
  element: Parameters<typeof optionsOf>[0],
  initial: readonly Option[],
  issues: z.core.$ZodRawIssue[],
) {
  if ((element.options === undefined) === (element.option_groups === undefined))
    issues.push({ code: "custom", message: "needs either options or option_groups", input: element });
  const strangers = initial.filter((option) => !optionsOf(element).some((o) => isDeepStrictEqual(o, option)));
  if (strangers.length > 0)
    issues.push({ code: "custom", message: "initial option must exactly match one of the options", input: element });
}
