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
import { capital, doing, fileName, names } from "./names.ts";

/** What a card leaves out. */
export const details: DetailWords = {
  title: (c) => md`*Details of ${c.id} · ${c.name}*`,
  options,
  file: (m) => {
    const unknown = (m.findings ?? []).filter(({ severity }) => severity === "unknown");
    return lines(
      joined(
        [
          md`*${capital(m.role ? names.role[m.role] : "file")}* ${fileName(m)}`,
          ...(m.size === undefined ? [] : [md`${fileSize(m.size)}`]),
          ...(m.crc64 === undefined ? [] : [md`CRC-64 ${code(m.crc64)}`]),
        ],
        " · ",
      ),
      unknown.length > 0 ? checks.unknown(unknown) : undefined,
    );
  },
  task: (c, task) => {
    const stage = task.stage ? md` · ${names.stage[task.stage]}, ${doing[task.stage]}` : md``;
    const looked = task.lookedAt === undefined ? md`` : md` · last checked ${when(task.lookedAt)}`;
    return md`TaskId ${code(task.id)} · launched by ${user(task.launchedBy)}, ${when(task.launchedAt)}${stage}${task.status ? md` ${names.status[task.status]}` : md``}${looked}${c.gateway ? md` · ${c.gateway} gateway` : md``}`;
  },
  assets: assetDetails,
  failure: ({ failure }) =>
    failure?.requestId
      ? md`RequestID of the failure, for Tencent Cloud's support: ${code(failure.requestId)}`
      : undefined,
  rules,
  chapter: (chapter) => md`*${typeof chapter === "number" ? `Demo ${chapter}` : CHAPTERS[chapter]}*`,
  line: (line, event) => {
    const by = line.by && (line.event.type === "opened" ? md` by ${user(line.by)}` : md` · ${user(line.by)}`);
    const before = line.before ? md` · ${line.before} more like it before` : md``;
    return md`${when(line.at)} · ${event}${by ?? md``}${before}`;
  },
};

const CHAPTERS = { material: "Before Launch", production: "In production" } as const;

function options(c: Customization): Mrkdwn | undefined {
  const said = [
    c.background ? md`*Background* ${names.background[c.background]}` : undefined,
    c.photoVersion === undefined
      ? undefined
      : md`*Photo version* ${names.photoVersion[c.photoVersion === 0 ? "0" : "1"]}`,
    kindRow(c.kind).speech === "reading" || c.language
      ? md`*Language* ${names.language[c.language ?? "chi"]}`
      : undefined,
    c.referenceText ? md`*Reference text* ${quoted(c.referenceText, 200)}` : undefined,
    c.demoText ? md`*Demo text* ${quoted(c.demoText, 200)}` : undefined,
    c.notes ? md`*Notes* ${quoted(c.notes, 200)}` : undefined,
  ];
  return said.some((line) => line !== undefined) ? lines(...said) : undefined;
}

/** Operators are not named: they are many, and nobody else's business. */
function rules(c: Customization, policy: Policy): Mrkdwn | undefined {
  if (!canMove(c.state, "cancelled")) return undefined;
  const ends = [
    "the requester",
    ...(c.approvers.length > 0 ? ["an approver"] : []),
    ...(policy.operators.length > 0 ? ["an operator"] : []),
  ];
  return md`*${collects(c.state) ? "Cancel" : "Stop following"}*: ${names.list(ends, "or")}`;
}
