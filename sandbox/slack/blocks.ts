import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AccessoryElement, ActionsElement, anyText, ImageElement, InputElement, plainText } from "./elements.ts";

const named = { block_id: z.string().min(1).max(255).optional() };

const Section = z
  .strictObject({
    type: z.literal("section"),
    ...named,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: AccessoryElement.optional(),
    expand: z.boolean().optional(),
  })
  .refine((s) => s.text !== undefined || s.fields !== undefined, "section needs text or fields");

const Header = z.strictObject({ type: z.literal("header"), ...named, text: plainText(150) });
const Divider = z.strictObject({ type: z.literal("divider"), ...named });

const Context = z.strictObject({
  type: z.literal("context"),
  ...named,
  elements: z
    .array(z.discriminatedUnion("type", [ImageElement, anyText(3000)]))
    .min(1)
    .max(10),
});

const Actions = z.strictObject({
  type: z.literal("actions"),
  ...named,
  elements: z.array(ActionsElement).min(1).max(25),
});

const Input = z.strictObject({
  type: z.literal("input"),
  ...named,
  label: plainText(2000),
  element: InputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const Image = z
  .strictObject({
    type: z.literal("image"),
    ...named,
    image_url: z.url().max(3000).optional(),
    slack_file: z.union([z.strictObject({ id: z.string() }), z.strictObject({ url: z.string() })]).optional(),
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
  })
  .refine((i) => (i.image_url === undefined) !== (i.slack_file === undefined), "needs image_url or slack_file");

const RichText = z.strictObject({
  type: z.literal("rich_text"),
  ...named,
  elements: z
    .array(
      z.looseObject({
        type: z.enum(["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"]),
        elements: z.array(z.looseObject({ type: z.string() })),
      }),
    )
    .min(1),
});

export const Block = z.discriminatedUnion("type", [Section, Header, Divider, Context, Actions, Input, Image, RichText]);
export type Block = z.infer<typeof Block>;
type Acting = z.infer<typeof ActionsElement> | z.infer<typeof InputElement>;

/** What is wrong with blocks, in Slack's form: `[ERROR] … [json-pointer:/blocks/0/text]`. */
export class BlocksFault extends Error {
  readonly messages: readonly string[];
  constructor(messages: readonly string[]) {
    super(messages.join("; "));
    this.messages = messages;
  }
}

/**
 * Checks blocks as Slack does and gives every block and every interactive element an id.
 * @param root their path in the request, e.g. `/blocks` or `/view/blocks`
 * @param max 50 in a message, 100 in a modal or App Home
 * @throws {BlocksFault}
 */
export function readBlocks(raw: unknown, root: string, max: number): Block[] {
  const list = z.array(z.unknown()).safeParse(raw);
  if (!list.success) throw new BlocksFault([`[ERROR] must be an array [json-pointer:${root}]`]);
  if (list.data.length > max)
    throw new BlocksFault([`[ERROR] no more than ${max} items allowed [json-pointer:${root}]`]);
  const complaints: string[] = [];
  const blocks: Block[] = [];
  list.data.forEach((item, i) => {
    const read = Block.safeParse(item);
    if (read.success) blocks.push(withIds(read.data));
    else complaints.push(...read.error.issues.map((issue) => complaint(issue, `${root}/${i}`, blockName(item))));
  });
  complaints.push(...clashes(blocks, root));
  if (complaints.length > 0) throw new BlocksFault(complaints);
  return blocks;
}

/** The elements of a block that a person can act on. */
export function actingElements(block: Block): readonly Acting[] {
  if (block.type === "actions") return block.elements;
  if (block.type === "input") return [block.element];
  if (block.type === "section" && block.accessory && block.accessory.type !== "image") return [block.accessory];
  return [];
}

function withIds(block: Block): Block {
  block.block_id ??= randomBytes(4).toString("base64url").slice(0, 5);
  for (const element of actingElements(block)) element.action_id ??= randomBytes(4).toString("base64url").slice(0, 5);
  return block;
}

function clashes(blocks: readonly Block[], root: string): string[] {
  const complaints: string[] = [];
  const seen = new Set<string>();
  blocks.forEach((block, i) => {
    if (seen.has(block.block_id ?? ""))
      complaints.push(
        `[ERROR] \`block_id\` ${block.block_id} already exists for another block [json-pointer:${root}/${i}]`,
      );
    seen.add(block.block_id ?? "");
    const ids = new Set<string>();
    for (const { action_id } of actingElements(block)) {
      if (ids.has(action_id ?? ""))
        complaints.push(
          `[ERROR] \`action_id\` ${action_id} already exists for another element (block ${block.block_id}) [json-pointer:${root}/${i}]`,
        );
      ids.add(action_id ?? "");
    }
  });
  const focused = blocks.flatMap(actingElements).filter((e) => "focus_on_load" in e && e.focus_on_load);
  if (focused.length > 1) complaints.push(`[ERROR] only one element may have focus_on_load [json-pointer:${root}]`);
  return complaints;
}

function blockName(item: unknown): string {
  const read = z.looseObject({ type: z.string().optional(), block_id: z.string().optional() }).safeParse(item);
  if (!read.success) return "not an object";
  return [read.data.type, read.data.block_id].filter((part) => part !== undefined).join(" ");
}

/** A zod issue in Slack's wording; for a union, the issue of its closest branch. */
export function complaint(issue: z.core.$ZodIssue, root: string, name: string): string {
  const nested =
    issue.code === "invalid_union" ? issue.errors.toSorted((a, b) => a.length - b.length)[0]?.[0] : undefined;
  const at = `${root}${issue.path.map((part) => `/${String(part)}`).join("")}`;
  if (nested) return complaint(nested, at, name);
  return `[ERROR] ${inSlackWords(issue)} (${name}) [json-pointer:${at}]`;
}

function inSlackWords(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_big" && issue.origin === "string")
    return `must be less than ${Number(issue.maximum) + 1} characters`;
  if (issue.code === "too_big" && issue.origin === "array") return `no more than ${issue.maximum} items allowed`;
  if (issue.code === "too_small" && issue.origin === "string")
    return `must be more than ${Number(issue.minimum) - 1} characters`;
  if (issue.code === "too_small" && issue.origin === "array") return `must contain at least ${issue.minimum} items`;
  if (issue.code === "unrecognized_keys") return `additional property: ${issue.keys.join(", ")}`;
  if (issue.code === "invalid_union") return "unsupported type";
  return issue.message;
}
