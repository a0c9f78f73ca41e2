import type { EvaluationPlan } from "./inspections.ts";
import type { Language } from "./payload.ts";

type Range = readonly [low: number, high: number];

interface Ranges {
  readonly Snr: Range;
  readonly C50: Range;
  readonly Clipping: Range;
  readonly Duration: Range;
  readonly Wer: Readonly<Record<Language, Range>>;
}

const ANY_LONGER = 36_000;
const INTERNATIONAL: Ranges = {
  Snr: [30, 100],
  C50: [30, 100],
  Clipping: [0, 0],
  Duration: [600, ANY_LONGER],
  Wer: { chi: [70, 100], eng: [70, 100], can: [70, 100] },
};
const MAINLAND: Ranges = {
  Snr: [25, 100],
  C50: [30, 100],
  Clipping: [0, 10],
  Duration: [300, ANY_LONGER],
  Wer: { chi: [85, 100], eng: [50, 100], can: [70, 100] },
};

/**
 * The Result of an evaluation. Text accuracy without a reference text is 0 on the mainland and missing internationally.
 * @param found  dB, dB, percent, seconds, percent
 */
export function evaluationResult(
  found: Required<EvaluationPlan>,
  ask: { readonly international: boolean; readonly language: Language; readonly hasText: boolean },
): Record<string, unknown> {
  const ranges = ask.international ? INTERNATIONAL : MAINLAND;
  const metric = (Value: number, QualifiedRange: Range, Description: string) => ({
    Value,
    QualifiedRange,
    Description,
  });
  const Wer = metric(ask.hasText ? found.wer : 0, ranges.Wer[ask.language], "文本准确率");
  return {
    Snr: metric(found.snr, ranges.Snr, "信噪比"),
    C50: metric(found.c50, ranges.C50, "混响"),
    Clipping: metric(found.clipping, ranges.Clipping, "截幅"),
    Duration: metric(found.duration, ranges.Duration, "有效时长"),
    ...(ask.hasText || !ask.international ? { Wer } : {}),
    AlignDetails: [],
  };
}
