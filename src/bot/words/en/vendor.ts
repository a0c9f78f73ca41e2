import type { VendorSaid } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { code, md, quoted } from "../mrkdwn.ts";

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

/** The code of a call that was never sent. */
export const NOT_SENT = "not-sent";

/** What can be done about a result code. @see docs/tencent-api.md, result codes (vendor page 62081) */
export function vendorAdvice(resultCode: string, of: "launch" | "decision"): string {
  switch (resultCode) {
    case NOT_SENT:
      return "Nothing was sent. Try again in a few minutes; if it stays so, tell the operator.";
    case "100001":
    case "100003":
      return "It did not take the parameters of the call. Tell the operator.";
    case "100002":
      return of === "launch"
        ? "It did not take one of the values: the name may be in use in the account, or the notes or demo text do not suit it."
        : "It did not take one of the values: try another reason.";
    case "100005":
      return "The account is not authorised for this: the operator can check the keys and what has been purchased.";
    case "100008":
      return "The purchased quota is used up: somebody has to buy more before this can go on.";
    case "100014":
      return "The account has no quota for this kind, or it has expired: somebody has to buy some before this can go on.";
    case "110006":
      return "It knows no such task.";
    default:
      return "Show this to the operator.";
  }
}
