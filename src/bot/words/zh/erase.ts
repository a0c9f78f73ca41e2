import type { Customization } from "../../../core/customization.ts";
import type { EraseWords } from "../erase-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { lines, md, user, when } from "../mrkdwn.ts";
import { assetKeys } from "./assets.ts";

export const erase: EraseWords = {
  offer: (c) =>
    md`*要清除 ${c.id} 的个人数据吗？* 名称、备注、文本、文件名、理由和链接都会清除；保留类型、日期、TaskId，以及申请人、启动人和审批人。`,
  erased: (c) => c.erased && md`个人数据已于 ${when(c.erased.at)} 清除${by(c)}。`,
  message: (c) => ({ headline: `${c.id}：已清除。`, details: md`这条消息的内容已清除。` }),
  erasure: (c) => ({
    headline: `${c.id} 的个人数据已清除。`,
    details: lines(
      md`${when(c.erased?.at ?? 0)}${by(c)}：这里的名称、备注、文本、文件名、理由和链接都已清除，本应用的消息不再显示这些内容。`,
      md`*无法从这里清除的* 成员在 Slack 里发的文件和消息、备份和导出的数据、腾讯云存储中的文件及其副本，以及制作出的资产。请在腾讯云控制台或通过其客服删除。`,
      ...(c.assets?.length ? assetKeys(c) : []),
    ),
  }),
};

function by({ erased }: Customization): Mrkdwn {
  return erased?.by ? md`（操作人 ${user(erased.by)}）` : md`（已超过保留期）`;
}
