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
  title: "数智人",
  heading: { waiting: "等你处理", mine: "你的申请", open: "你能看到的其他进行中申请" },
  empty: {
    waiting: md`没有需要你处理的事项。`,
    mine: md`你还没有提出过申请。点击上方的“${labels.newRequest}”，或在有本应用的频道里输入 ${code("/avatar new")} 。`,
    open: md`没有你能看到的其他进行中申请。私有频道里的申请只有频道成员可见。`,
  },
  begin: lines(md`*使用流程*`, ...answers.help(false).sections.slice(0, 1)),
  wait,
  asOf: (now) =>
    md`更新于 ${when(now)} 。申请有进展时会自动刷新，重新打开本页可确认最新状态。 ${code("/avatar help")} 列出全部命令。`,
  stranger: (r) => refusal(r),
};

function wait(c: Customization, w: Wait, now: number): Mrkdwn {
  switch (w.type) {
    case "launch":
      return md`*待办* 在卡片上点击“${labels.launch}”。材料已齐，启动会消耗 1 个已购额度。`;
    case "resolve-launch":
      return md`*待办* 确认启动结果。响应丢失了，消息列里说明了如何查证。`;
    case "decide":
      return w.lost
        ? md`*待办* 查看消息列。对小样 ${demoNumber(c, w.round)} 的决定已发出，但响应丢失；如果卡片一直没有变化，请在那里重新决定。`
        : md`*待办* 在消息列里查看小样 ${demoNumber(c, w.round)} ，然后点击“${labels.confirm}”或“${labels.reject}”。已等待${names.duration(now - w.offeredAt)}。`;
    case "which-file":
      return md`*待办* 说明 ${fileName(w.material)} 的用途，按钮在消息列里。`;
    case "use-file":
      return md`*待办* ${dropperName(w.offer)} 提供了 ${fileName(w.offer)} ，请在 ${c.id} 的消息列里决定是否使用。`;
    case "override":
      return md`*待办* ${fileName(w.material)} 存在疑问。请在 ${c.id} 的消息列里点击“${labels.useAnyway}”，或换一个更好的文件。`;
  }
}
