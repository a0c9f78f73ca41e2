import type { CardMessage, CardView } from "../../../../src/bot/cards/message.ts";
import { noticeDelivery } from "../../../../src/bot/cards/notices.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Customization, Round, Task } from "../../../../src/core/customization.ts";
import { MB } from "../../../../src/core/material.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import type { Notice, NoticeContent } from "../../../../src/core/notice.ts";
import { vendorReason } from "../../../../src/tencent/result-codes.ts";
import {
  APPROVER,
  accepted,
  asked,
  customization,
  HOUR,
  MINUTE,
  policy,
  REQUESTER,
  receiving,
  round,
  START,
  task,
} from "../../../fixtures/customization-fixture.ts";

export const NOW = START + 5 * HOUR;
/** The person filmed, who drops the files. */
export const MODEL = "U0CAROL";

export function view(over: Partial<CardView> = {}): CardView {
  return {
    words: en,
    policy: policy(),
    environment: undefined,
    now: NOW,
    usualMs: (_kind, stage) => (stage === "TRAIN" ? 4 * HOUR : undefined),
    vendorReason,
    ...over,
  };
}

export function file(material: Material, name: string, size: number, by = MODEL): Material {
  return { ...material, size, file: { ...material.file, name, by } };
}

export const LETTER = file(accepted("identity-letter", 1), "consent Ada.pdf", 820_000);
export const FOOTAGE = file(accepted("footage", 2), "take-3.mp4", 694 * MB);
export const UPLOADING: Material = {
  ...file(receiving("footage", 2), "take-3.mp4", 694 * MB),
  upload: { owner: "process-1", leaseUntil: NOW, sent: 312 * MB },
};
export const REFUSED: Material = {
  ...file(asked(8, "other"), "take-1.avi", 90 * MB),
  state: "refused",
  refusal: {
    type: "wrong-format",
    format: "other",
    contentType: "avi",
    takes: ["mp4", "pdf", "mov"],
    needs: ["identity-video", "identity-letter", "footage"],
  },
};
export const VIDEO = file(asked(5), "clip.mp4", 44 * MB);

export const TRAINING: Task = task({ id: "7781203", since: START + 2 * HOUR, lookedAt: NOW - MINUTE });
export const CONFIRMING: Task = { ...TRAINING, stage: "CONFIRM", status: "WAIT_PROCESS", since: START + 4 * HOUR };

const DEMO = "https://bucket-125.cos.ap-guangzhou.myqcloud.com/train/ada_1.mp4?q-ak=AK&q-sign=1";
export const ROUND = round({ offeredAt: START + 4 * HOUR, demos: [DEMO] });
export const REJECTED: Round = {
  ...ROUND,
  decision: { operate: "REJECT", by: APPROVER, at: START + 4.5 * HOUR, reason: "The lips lag.", accepted: true },
};
export const ROUND_2: Round = { ...ROUND, n: 2, offeredAt: START + 5 * HOUR };

/** A request for ada, material complete unless told otherwise. */
export function ada(over: Partial<Customization> = {}): Customization {
  return customization({ id: "AV-12", name: "ada", materials: [LETTER, FOOTAGE], ...over });
}

export const AWAITING = ada({ state: "awaiting-decision", task: CONFIRMING, rounds: [ROUND] });

export const LOST = ada({
  state: "launch-unknown",
  history: [
    { at: START, by: REQUESTER, event: { type: "opened" } },
    { at: START + HOUR, by: REQUESTER, event: { type: "launch-agreed", claim: "claim-1", again: false } },
    { at: START + HOUR + MINUTE, event: { type: "launch-unknown", because: "no answer within 60 s" } },
  ],
  outbox: [notice({ type: "launch-unknown", claim: "claim-1" })],
});

export function notice(content: NoticeContent): Notice {
  return { key: content.type, at: START + HOUR + MINUTE, content };
}

export function told(c: Customization, what: NoticeContent, over: Partial<CardView> = {}): CardMessage {
  return noticeDelivery(c, notice(what)).message(view(over));
}
