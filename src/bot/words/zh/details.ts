import type { Policy } from "../../../core/approval.ts";
import type { Customization } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import { canMove, collects } from "../../../core/state.ts";
import { assetDetails } from "../asset-lines.ts";
import type { DetailWords } from "../detail-words.ts";
import { fileSize } from "../measure.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, joined, lines, md, quoted, user, when } from "../mrkdwn.ts";
import { checks } from "./checks.ts";
import { doing, fileName, labels, names } from "./names.ts";

/** What a card leaves out. */
export const details: DetailWords = {
  title: (c) => md`*${c.id} · ${c.name} 的详情*`,
  options,
  file: (m) => {
    const unknown = (m.findings ?? []).filter(({ severity }) => severity === "unknown");
    return lines(
      joined(
        [
          md`*${m.role ? names.role[m.role] : "文件"}* ${fileName(m)}`,
          ...(m.size === undefined ? [] : [md`${fileSize(m.size)}`]),
          ...(m.crc64 === undefined ? [] : [md`CRC-64 ${code(m.crc64)}`]),
        ],
        " · ",
      ),
      unknown.length > 0 ? checks.unknown(unknown) : undefined,
    );
  },
  task: (c, task) => {
    const stage = task.stage ? md` · ${names.stage[task.stage]}，${doing[task.stage]}` : md``;
    const looked = task.lookedAt === undefined ? md`` : md` · 最近查询 ${when(task.lookedAt)}`;
    const gateway = c.gateway ? md` · ${c.gateway === "mainland" ? "国内站" : "国际站"}网关` : md``;
    return md`TaskId ${code(task.id)} · ${user(task.launchedBy)} 启动，${when(task.launchedAt)}${stage}${task.status ? md` ${names.status[task.status]}` : md``}${looked}${gateway}`;
  },
  assets: assetDetails,
  failure: ({ failure }) =>
    failure?.requestId ? md`联系腾讯云客服时请提供失败的 RequestID ${code(failure.requestId)}` : undefined,
  rules,
  chapter: (chapter) => md`*${typeof chapter === "number" ? `小样 ${chapter}` : CHAPTERS[chapter]}*`,
  line: (line, event) => {
    const by = line.by ? md` · ${user(line.by)}` : md``;
    const before = line.before ? md` · 此前还有 ${line.before} 次类似记录` : md``;
    return md`${when(line.at)} · ${event}${by}${before}`;
  },
};

const CHAPTERS = { material: "启动之前", production: "制作过程" } as const;

function options(c: Customization): Mrkdwn | undefined {
  const said = [
    c.background ? md`*背景* ${names.background[c.background]}` : undefined,
    c.photoVersion === undefined ? undefined : md`*照片版本* ${names.photoVersion[c.photoVersion === 0 ? "0" : "1"]}`,
    kindRow(c.kind).speech === "reading" || c.language ? md`*语言* ${names.language[c.language ?? "chi"]}` : undefined,
    c.referenceText ? md`*参考文本* ${quoted(c.referenceText, 200)}` : undefined,
    c.demoText ? md`*口播文本* ${quoted(c.demoText, 200)}` : undefined,
    c.notes ? md`*备注* ${quoted(c.notes, 200)}` : undefined,
  ];
  return said.some((line) => line !== undefined) ? lines(...said) : undefined;
}

/** Operators are not named: they are many, and nobody else's business. */
function rules(c: Customization, policy: Policy): Mrkdwn | undefined {
  if (!canMove(c.state, "cancelled")) return undefined;
  const ends = [
    "申请人",
    ...(c.approvers.length > 0 ? ["审批人"] : []),
    ...(policy.operators.length > 0 ? ["管理员"] : []),
  ];
  return md`*可以${collects(c.state) ? labels.cancel : labels.stopFollowing}的人* ${names.list(ends, "or")}`;
}
