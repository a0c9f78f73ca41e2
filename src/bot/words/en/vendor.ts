import type { VendorReason } from "../../../core/vendor-answer.ts";
import { NOT_SENT } from "../../../core/vendor-answer.ts";
import type { VendorSaid } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted } from "../mrkdwn.ts";
import type { TroubleWords } from "../trouble.ts";
import { inPlainWords } from "../trouble.ts";

/**
 * A definite no in the vendor's own words, or a sentence that it was not reached.
 * @param advice  what can be done; shown before the RequestID
 */
export function vendorNo(no: VendorSaid, advice?: string): Mrkdwn {
  const next = advice ? md` ${advice}` : md``;
  if (no.code === NOT_SENT) return md`Tencent Cloud could not be reached.${next}`;
  const requestId = no.requestId ? md` RequestID for its support: ${code(no.requestId)}.` : md``;
  return md`Tencent Cloud refused: ${quoted(no.said, 600)} (code ${code(no.code)}).${next}${requestId}`;
}

/** What can be done about a refusal. */
export function vendorAdvice(reason: VendorReason, of: "launch" | "decision"): string {
  switch (reason) {
    case "not-sent":
      return "Nothing was sent. Try again in a few minutes; if it stays so, tell the operator.";
    case "bad-parameters":
      return "It did not take the parameters of the call. Tell the operator.";
    case "bad-value":
      return of === "launch"
        ? "It did not take one of the values: the name may be in use in the account, or the notes or demo text do not suit it."
        : "It did not take one of the values: try another reason.";
    case "not-authorised":
      return "The account is not authorised for this: the operator can check the keys and what has been purchased.";
    case "quota-used-up":
      return "The purchased quota is used up: somebody has to buy more before this can go on.";
    case "no-quota":
      return "The account has no quota for this kind, or it has expired: somebody has to buy some before this can go on.";
    case "hours-used-up":
      return "The account's broadcast hours are used up: somebody has to buy more.";
    case "too-frequent":
      return "It takes no more of these just now. Try again in a few minutes.";
    case "record-exists":
      return "It has this record already: the name may be in use in the account.";
    case "no-such-task":
      return "It knows no such task.";
    case "other":
      return "Show this to the operator.";
  }
}

const TROUBLES: TroubleWords = {
  "broke-off": "the connection broke off",
  "not-reached": "it could not be reached",
  "too-slow": "no answer came in time",
  other: (because) => because,
};

/** Why a call had no clear answer, in plain words. */
export function plainly(because: string): string {
  return inPlainWords(because, TROUBLES);
}
