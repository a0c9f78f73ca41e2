import { describeFault, isFault } from "../core/fault.ts";
import type { AvatarStudio } from "../core/ports.ts";
import type { AccountQuotas, Quota } from "../core/quota.ts";
import { vendorReason } from "./result-codes.ts";

/** No task has it. */
const NO_TASK = "0";

type SignatureAnswer =
  | { readonly type: "accepted" }
  | { readonly type: "refused"; readonly code: string; readonly said: string }
  | { readonly type: "unclear"; readonly because: string }
  | { readonly type: "silent"; readonly because: string };

type QuotasAnswer =
  | { readonly type: "told"; readonly left: readonly string[] }
  | { readonly type: "silent"; readonly because: string };

/** What is left of each kind's quota, as far as it is understood: `IMAGE 3 of 10 until 2026-12-31`. */
export async function probeQuotas(quotas: AccountQuotas): Promise<QuotasAnswer> {
  try {
    const known = (await quotas.read()).filter(({ left }) => left !== undefined);
    return { type: "told", left: known.map(quotaLine) };
  } catch (error) {
    return { type: "silent", because: describeFault(error) };
  }
}

function quotaLine({ kind, left, total, expiresAt }: Quota): string {
  const of = total === undefined ? "" : ` of ${total}`;
  const until = expiresAt === undefined ? "" : ` until ${new Date(expiresAt).toISOString().slice(0, 10)}`;
  return `${kind} ${left}${of}${until}`;
}

/** Asks for the progress of a task that cannot exist: "no such record" proves that the gateway took the signature. */
export async function probeSignature(studio: Pick<AvatarStudio, "progress">): Promise<SignatureAnswer> {
  try {
    await studio.progress(NO_TASK);
    return { type: "accepted" };
  } catch (error) {
    const because = describeFault(error);
    if (!isFault(error)) return { type: "unclear", because };
    if (error.resultCode === undefined) return { type: "silent", because };
    // A code that is not a definite no of this call comes as `gateway-unclear`: only the code tells.
    const reason = vendorReason(String(error.resultCode));
    if (reason === "no-such-task") return { type: "accepted" };
    if (reason !== "not-authorised") return { type: "unclear", because };
    return { type: "refused", code: String(error.resultCode), said: error.said ?? "" };
  }
}
