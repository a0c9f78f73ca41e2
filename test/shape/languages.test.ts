import { describe, expect, it } from "vitest";
import type { Syntax } from "./source-tree.ts";
import { isText, readSources } from "./source-tree.ts";

const sources = readSources().filter(({ path }) => path.startsWith("src/bot/words/"));

/** What stands between quotes or backticks in a catalogue, without what it imports. */
function textsIn(folder: string): readonly { readonly text: string; readonly at: string }[] {
  const ours = sources.filter(({ path }) => path.startsWith(`src/bot/words/${folder}`));
  return ours.flatMap(({ nodes }) => nodes.flatMap(textOf));
}

function textOf({ node, parent, at }: Syntax): { readonly text: string; readonly at: string }[] {
  const isImport = parent?.node.type.startsWith("Import") ?? false;
  if (isText(node) && !isImport) return [{ text: node.value, at }];
  return node.type === "TemplateElement" ? [{ text: node.value.raw, at }] : [];
}

/** Names that stay as they are: of Slack, of the vendor's fields, of file types and what people type. */
const NAMES =
  /Add to a request|Google Drive|Slack|Dropbox|PowerPoint|Tencent|Office|\/(?:avatar|invite)[ \w-]*|\b(?:TaskId|RequestID|AnchorName|MakeType|Header)\b/g;
/** Three words in a row. */
const LATIN_SENTENCE = /[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2,}/;
const HAN = /\p{Script=Han}/u;
/** Punctuation that Chinese writes full-width, after Chinese. */
const HALF_WIDTH = /\p{Script=Han}[,;!?](?:\s|$|\p{Script=Han})/u;

describe("the catalogues", () => {
  it("have no Latin sentence in Chinese", () => {
    const found = textsIn("zh").filter(({ text }) => LATIN_SENTENCE.test(text.replace(NAMES, "")));
    expect(found).toEqual([]);
  });

  it("have no Chinese in English", () => {
    expect(textsIn("en").filter(({ text }) => HAN.test(text))).toEqual([]);
  });

  it("write Chinese with full-width punctuation", () => {
    expect(textsIn("zh").filter(({ text }) => HALF_WIDTH.test(text))).toEqual([]);
  });

  it("leave a space around the marks of mrkdwn in Chinese: Slack shows no others", () => {
    const glued = /\p{Script=Han}\*\$|\}\*\p{Script=Han}/u;
    expect(textsIn("zh").filter(({ text }) => glued.test(text))).toEqual([]);
  });

  it("are both there", () => {
    for (const folder of ["en", "zh"]) expect(textsIn(folder).length).toBeGreaterThan(500);
  });
});
