import { z } from "zod";
import { type Block, BlocksFault, complaint, readBlocks } from "./blocks.ts";
import { plainText } from "./elements.ts";

const shared = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const Modal = z.strictObject({
  type: z.literal("modal"),
  ...shared,
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});
const Home = z.strictObject({ type: z.literal("home"), ...shared });

type Checked<T> = Omit<T, "blocks"> & { blocks: Block[] };
export type ModalView = Checked<z.infer<typeof Modal>>;
export type HomeView = Checked<z.infer<typeof Home>>;

/** @throws {BlocksFault} as views.open answers `invalid_arguments` */
export function readModal(raw: unknown): ModalView {
  const view = shape(Modal, raw);
  const blocks = readBlocks(view.blocks, "/view/blocks", 100);
  if (!view.submit && blocks.some((b) => b.type === "input"))
    throw new BlocksFault([
      "[ERROR] `submit` is required when an `input` block is within the `blocks` array [json-pointer:/view]",
    ]);
  return { ...view, blocks };
}

/** @throws {BlocksFault} as views.publish answers `invalid_arguments` */
export function readHome(raw: unknown): HomeView {
  const view = shape(Home, raw);
  return { ...view, blocks: readBlocks(view.blocks, "/view/blocks", 100) };
}

function shape<T>(schema: z.ZodType<T>, raw: unknown): T {
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  throw new BlocksFault(read.error.issues.map((issue) => complaint(issue, "/view", "view")));
}
