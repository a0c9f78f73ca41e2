import { z } from "zod";

/** What a person sees of a message: its words and its buttons. */
export interface Seen {
  readonly text: string;
  readonly buttons: readonly string[];
}

const textSchema = z.object({ text: z.string() });
const buttonSchema = z.object({ type: z.literal("button"), text: textSchema });

/** The visible text of the blocks, or of `text` when there are none. */
export function look(message: {
  readonly text?: string | undefined;
  readonly blocks?: readonly unknown[] | undefined;
}): Seen {
  if (!message.blocks?.length) return { text: message.text ?? "", buttons: [] };
  const words: string[] = [];
  const buttons: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child);
      return;
    }
    const button = buttonSchema.safeParse(node);
    if (button.success) {
      buttons.push(button.data.text.text);
      return;
    }
    const text = textSchema.safeParse(node);
    if (text.success) words.push(text.data.text);
    else if (node !== null && typeof node === "object") visit(Object.values(node));
  };
  visit(message.blocks);
  return { text: words.join("\n"), buttons };
}
