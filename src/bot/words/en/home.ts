import type { Customization } from "../../../core/customization.ts";
import { demoNumber } from "../../../core/production.ts";
import type { Wait } from "../../../core/waits-for.ts";
import type { HomeWords } from "../home-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, lines, md, when } from "../mrkdwn.ts";
import { answers } from "./answers.ts";
import { dropperName, fileName, labels, names } from "./names.ts";
import { refusal } from "./refusals.ts";

export const home: HomeWords = {
  title: "Digital people",
  heading: { waiting: "Waiting for you", mine: "Your requests", open: "Other open requests you can see" },
  empty: {
    waiting: md`Nothing waits for you.`,
    mine: md`You have asked for nothing yet. Press _${labels.newRequest}_ above, or type ${code("/avatar new")} in a channel that this app is in.`,
    open: md`Nobody else has an open request that you can see. Those of private channels are seen by their members only.`,
  },
  begin: lines(md`*How it goes*`, ...answers.help(false).sections.slice(0, 1)),
  wait,
  asOf: (now) =>
    md`As of ${when(now)}. It changes by itself while requests move on; open this tab again to be sure. ${code("/avatar help")} lists the commands.`,
  stranger: (r) => refusal(r),
};

function wait(c: Customization, w: Wait, now: number): Mrkdwn {
  switch (w.type) {
    case "launch":
      return md`*To do:* press _${labels.launch}_ on its card. Everything is there; a launch spends one purchased quota.`;
    case "resolve-launch":
      return md`*To do:* say how its launch ended. The answer was lost; the thread says how to find out.`;
    case "decide":
      return w.lost
        ? md`*To do:* look at the thread. A decision about demo ${demoNumber(c, w.round)} was sent and its answer was lost; if the card does not move on, decide again there.`
        : md`*To do:* look at demo ${demoNumber(c, w.round)} in the thread, then press _${labels.confirm}_ or _${labels.reject}_ there. It has waited for ${names.duration(now - w.offeredAt)}.`;
    case "which-file":
      return md`*To do:* say what ${fileName(w.material)} is; the thread has the buttons.`;
    case "use-file":
      return md`*To do:* ${dropperName(w.offer)} offers ${fileName(w.offer)}. Say in the thread of ${c.id} whether it is used.`;
    case "override":
      return md`*To do:* ${fileName(w.material)} is questionable. Press _${labels.useAnyway}_ in the thread of ${c.id}, or drop a better one there.`;
  }
}
