import type { Block } from "../../../slack/blocks.ts";
import { type ActingElement, ActingOn, type PressTarget } from "./acting.tsx";
import { FormField, type FormLink } from "./form-field.tsx";
import { PictureBlock } from "./picture.tsx";
import { RichText } from "./rich-text.tsx";
import { TextObject } from "./text-object.tsx";

interface BlockListProps {
  readonly blocks: readonly Block[];
  /** The target of clicks inside. */
  readonly spot: PressTarget;
  /** The form that inputs belong to. */
  readonly form?: FormLink | undefined;
}

/** Block Kit: everything that the sandbox's Slack accepts. */
export function BlockList({ blocks, spot, form }: BlockListProps) {
  return (
    <div class="blocks">
      {blocks.map((block, i) => (
        <OneBlock key={keyOf(block, i)} block={block} spot={spot} form={form} />
      ))}
    </div>
  );
}

/** Slack gives blocks new ids with each edit; buttons stay what they are, or an edit would close their dialog. */
function keyOf(block: Block, i: number): string | number {
  if (block.type !== "actions") return block.block_id ?? i;
  return `actions ${block.elements.map((element) => element.action_id).join(" ")}`;
}

function OneBlock({ block, spot, form }: { block: Block; spot: PressTarget; form: FormLink | undefined }) {
  switch (block.type) {
    case "header":
      return (
        <h3 class="block-header">
          <TextObject of={block.text} />
        </h3>
      );
    case "section":
      return <Section block={block} spot={spot} />;
    case "context":
      return (
        <div class="block-context">
          {block.elements.map((element, i) =>
            element.type === "image" ? (
              <PictureBlock key={i} of={element} isSmall />
            ) : (
              <div key={i} class="block-context-text">
                <TextObject of={element} />
              </div>
            ),
          )}
        </div>
      );
    case "divider":
      return <hr />;
    case "actions":
      return (
        <div class="block-actions">
          {block.elements.map((element) => (
            <ActingOn key={element.action_id} element={element} blockId={block.block_id ?? ""} spot={spot} />
          ))}
        </div>
      );
    case "input":
      return form ? <FormField block={block} form={form} /> : null;
    case "image":
      return <PictureBlock of={block} title={block.title?.text} />;
    case "rich_text":
      return <RichText block={block} />;
  }
}

function Section({ block, spot }: { block: Extract<Block, { type: "section" }>; spot: PressTarget }) {
  const { accessory } = block;
  return (
    <div class="block-section">
      <div class="block-section-body">
        {block.text && (
          <div class="block-text">
            <TextObject of={block.text} />
          </div>
        )}
        {block.fields && (
          <div class="block-fields">
            {block.fields.map((field, i) => (
              <div key={i} class="block-text">
                <TextObject of={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div class="block-accessory">
          {accessory.type === "image" ? (
            <PictureBlock of={accessory} isSmall />
          ) : (
            <ActingOn element={accessory satisfies ActingElement} blockId={block.block_id ?? ""} spot={spot} />
          )}
        </div>
      )}
    </div>
  );
}
