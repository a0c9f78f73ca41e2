import type { Kind } from "../../../core/kinds.ts";
import { LONGEST_LINE, saysFilms } from "../../../core/spoken-line.ts";
import { brief, code, md } from "../mrkdwn.ts";
import type { FormWords } from "../words.ts";
import { labels, names } from "./names.ts";

/** The material for each kind. @see docs/tencent-api.md §3 (vendor pages 62060, 62069) */
const kinds: Readonly<Record<Kind, string>> = {
  IMAGE: "专属口型，需要 2 至 10 分钟素材视频。",
  IMAGE_GENERAL: "通用口型，1 至 10 分钟素材视频即可。",
  IMAGE_4K: "4K 专属口型，需要 2 至 10 分钟 4K 素材视频。",
  IMAGE_PHOTO: "只需一张照片，制作完成后无需效果确认。",
  VOICE: "需要音频包，其中一段录音须先通过检测。",
  ZERO_SHOT_VOICE: "只需朗读消息列里给出的文本，录一小段音频。",
};

export const forms: FormWords = {
  title: "新建申请",
  submit: "提交",
  close: "关闭",
  goesTo: (gatewayHost, environment) =>
    md`${environment ? md`*${environment.toUpperCase()}* · ` : md``}你填写的内容和发送的文件会通过 ${code(gatewayHost)} 提交给腾讯云。提交申请不消耗额度，启动制作时才消耗。`,
  approversAllowed: (ids) => md`可选的审批人：${names.people(ids, "or")}。`,
  fields: {
    kind: { label: "类型", placeholder: "要制作什么", options: kinds },
    name: {
      label: "名称",
      placeholder: "讲解员_2",
      hint: "2 至 50 个汉字、字母、数字、下划线或连字符。在账号内不能重复，启动前可以修改。",
    },
    sex: { label: "性别", placeholder: "出镜人或录音人的性别" },
    approvers: {
      label: "审批人",
      placeholder: "选择同事",
      hint: "由审批人确认或驳回小样；除非允许自己审批，至少要有一位不是你本人。照片数智人没有小样，无需审批人。",
    },
    notes: { label: "备注", hint: "写给腾讯云制作人员，最多 100 个字符。" },
    demoText: { label: "口播文本", hint: "小样里说的话，4 至 1,000 个字符。" },
    background: { label: "背景", hint: "人物身后的绿幕或白幕会被抠除。" },
    photoVersion: { label: "照片版本", hint: "留空则由腾讯云选择。" },
    language: { label: "语言", hint: "出镜人或录音人说的语言，留空为中文。" },
    referenceText: {
      label: "参考文本",
      hint: "录音里说的内容，用于检测文本准确率，最多 2,000 个字符。也可以之后在消息列里回复设置。",
    },
    channel: { label: "频道", placeholder: "选择频道", hint: "卡片会发到这里，文件发在卡片的消息列。" },
  },
  reject: {
    title: "驳回小样",
    intro: (id, name, round) =>
      md`${code(name)} （ ${id} ）的小样 ${round} 将退回重新训练，腾讯云也可能拒绝并说明原因。`,
    submit: "驳回",
    reason: { label: "理由", hint: "需要改进的地方。会发给腾讯云，最多 300 个字符。" },
  },
  taskId: {
    title: labels.itWasCreated.replace("…", ""),
    intro: (id) => md`请填写控制台或客服给出的 ${id} 的 TaskId，会先向腾讯云核实。`,
    submit: "使用此 TaskId",
    field: { label: "TaskId" },
  },
  add: {
    title: "添加到申请",
    intro: (files) =>
      md`${files.length === 1 ? "这个文件" : `这 ${files.length} 个文件`}会按发到申请卡片消息列的方式处理：${brief(names.list(files, "and"), 600)}。`,
    submit: "添加",
    request: { label: "申请", placeholder: "选择一项申请", hint: "你能看到且仍接收文件的申请。" },
    option: (c) => `${names.state[c.state]} · ${names.kind[c.kind]}`,
    newest: (count) => md`仅列出最新的 ${count} 项。更早的申请请把文件直接发到卡片的消息列。`,
  },
  say: {
    title: "说一段话",
    intro: (c) =>
      saysFilms(c)
        ? md`${c.name} 会说出这段话并生成视频，发到 ${c.id} 的消息列。这会消耗账号的播报时长。`
        : md`${c.name} 会说出这段话，声音发到 ${c.id} 的消息列。`,
    submit: "生成",
    field: { label: "文本", hint: `最多 ${LONGEST_LINE} 个字符，消息列里的所有人都能听到。` },
  },
  launchAnyway: {
    title: "仍要启动？",
    intro: (c) =>
      md`*${c.id} · ${brief(c.name, 60)}* 的录音没有通过腾讯云检测。用这样的材料复刻音色可能被拒绝或效果不佳，消耗的 1 个额度不退。`,
    submit: "启动制作",
  },
};
