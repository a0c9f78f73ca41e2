import type { Block } from "../../../slack/blocks.ts";
import { emojiOf } from "../emoji.ts";
import { MrkdwnText, OutLink } from "../mrkdwn-text.tsx";
import { nameOf, usePage } from "../page-context.ts";

type RichTextBlock = Extract<Block, { type: "rich_text" }>;
type Part = RichTextBlock["elements"][number];
type Leaf = Part["elements"][number];

/** The format of text that people type. */
export function RichText({ block }: { block: RichTextBlock }) {
  return (
    <div class="block-text">
      {block.elements.map((part, i) => (
        <RichPart key={i} part={part} />
      ))}
    </div>
  );
}

function RichPart({ part }: { part: Part }) {
  const leaves = part.elements.map((leaf, i) => <RichLeaf key={i} leaf={leaf} />);
  switch (part.type) {
    case "rich_text_section":
      return <div>{leaves}</div>;
    case "rich_text_quote":
      return <blockquote>{leaves}</blockquote>;
    case "rich_text_preformatted":
      return <pre class="fence">{leaves}</pre>;
    case "rich_text_list": {
      const items = leaves.map((leaf, i) => <li key={i}>{leaf}</li>);
      return part.style === "ordered" ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function RichLeaf({ leaf }: { leaf: Leaf }) {
  const { state } = usePage();
  const said = (name: string): string => (typeof leaf[name] === "string" ? String(leaf[name]) : "");
  switch (leaf.type) {
    case "link":
      return <OutLink url={said("url")}>{said("text") || said("url")}</OutLink>;
    case "user":
      return <span class="mention">@{nameOf(state, said("user_id"))}</span>;
    case "channel":
      return <span class="mention">#{nameOf(state, said("channel_id"))}</span>;
    case "emoji":
      return <span class="emoji">{emojiOf(said("name")) ?? `:${said("name")}:`}</span>;
    default:
      return <MrkdwnText text={said("text")} />;
  }
}
