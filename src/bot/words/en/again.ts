import type { AgainWords, MissingFile } from "../again-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, lines, md, user } from "../mrkdwn.ts";
import { names } from "./names.ts";

export const again: AgainWords = {
  links: (c) => {
    const of = c.retryOf && md`Tries ${code(c.retryOf)} again.`;
    const as = c.retriedAs?.at(-1);
    const next = as && md`Tried again as ${code(as)}.`;
    return of || next ? lines(of || undefined, next || undefined) : undefined;
  },
  filesMissing: (c, files) => ({
    headline: files.length === 1 ? "A file has to be dropped again." : "Some files have to be dropped again.",
    details: lines(md`${user(c.requester)}, please drop them here:`, ...files.map(missing)),
  }),
};

function missing({ role, name, why }: MissingFile): Mrkdwn {
  const because = why === "gone" ? "Slack has it no more" : "it did not come from Slack";
  return md`• ${names.role[role]} ${brief(name, 80)}: ${because}`;
}
