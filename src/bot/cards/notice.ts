import type { Customization } from "../../core/customization.ts";
import type { Notice } from "../../core/notice.ts";
import { materialOf } from "../../core/record.ts";
import { context } from "./blocks.ts";
import { checkReportMessage } from "./check-report.ts";
import { decidedElsewhereMessage, decisionUnknownMessage, demoMessage } from "./demo-notice.ts";
import { launchUnknownMessage, nameTakenMessage } from "./launch-notice.ts";
import type { CardMessage, CardView } from "./message.ts";
import { assetBlocks, requestCard } from "./request-card.ts";
import { textsMessage } from "./texts-notice.ts";
import { threadMessage } from "./thread-message.ts";
import { fileWarnedMessage } from "./warned-notice.ts";
import { whichFileMessage } from "./which-file-notice.ts";

/** A message of a request: a pure function of what the record says now, so that an old one settles when it is drawn again. */
export function noticeMessage(c: Customization, notice: Notice, view: CardView): CardMessage {
  const { content } = notice;
  const { notices } = view.words;
  switch (content.type) {
    case "card":
      return requestCard(c, view);
    case "which-file":
      return whichFileMessage(c, content.material, view);
    case "file-refused": {
      const material = materialOf(c, content.material);
      if (!material) throw new Error(`telling ${c.id}: no material ${content.material}`);
      const rest = material.file.from ? [context(notices.addedFromElsewhere(c))] : [];
      return threadMessage(notices.fileRefused(c, material), view, rest);
    }
    case "file-warned":
      return fileWarnedMessage(c, content.material, view);
    case "check-report":
      return checkReportMessage(c, content.material, view);
    case "texts":
      return textsMessage(c, view);
    case "demo":
    case "demo-direct":
      return demoMessage(c, content.round, view);
    case "launch-refused":
      return threadMessage(notices.launchRefused(c, content), view);
    case "launch-unknown":
      return launchUnknownMessage(c, content.claim, view);
    case "name-taken":
      return nameTakenMessage(c, content.said, view);
    case "decision-refused":
      return threadMessage(notices.decisionRefused(c, content), view);
    case "decision-unknown":
      return decisionUnknownMessage(c, notice, content.round, view);
    case "decided-elsewhere":
      return decidedElsewhereMessage(c, content.round, view);
    case "done":
      return threadMessage(notices.done(c), view, assetBlocks(c, view, "keys"));
    case "failed":
      return threadMessage(notices.failed(c), view);
  }
}

/** Where a person is told that is not the request's thread: where they acted. */
export function noticePlace(c: Customization, { content }: Notice): { channel: string; thread?: string } | undefined {
  const from = content.type === "file-refused" ? materialOf(c, content.material)?.file.from : undefined;
  return from && { channel: from.channel, ...(from.thread && { thread: from.thread }) };
}

/** Who alone sees it; undefined for what everybody in the thread sees. */
export function noticeRecipient(c: Customization, notice: Notice): string | undefined {
  switch (notice.content.type) {
    case "file-refused":
      return materialOf(c, notice.content.material)?.file.by ?? c.requester;
    case "launch-refused":
    case "decision-refused":
      return notice.content.to;
    case "card":
    case "which-file":
    case "file-warned":
    case "check-report":
    case "texts":
    case "demo":
    case "demo-direct":
    case "launch-unknown":
    case "name-taken":
    case "decision-unknown":
    case "decided-elsewhere":
    case "done":
    case "failed":
      return undefined;
  }
}
