import { describeFault, isFault } from "../core/fault.ts";
import type { AvatarStudio } from "../core/ports.ts";

/** No task has it. */
const NO_TASK = "0";
const NO_SUCH_RECORD = 110006;
const NOT_AUTHORISED = 100005;

type SignatureAnswer =
  | { readonly type: "accepted" }
  | { readonly type: "refused"; readonly code: string; readonly said: string }
  | { readonly type: "unclear"; readonly because: string }
  | { readonly type: "silent"; readonly because: string };

/** Asks for the progress of a task that cannot exist: "no such record" proves that the gateway took the signature. */
export async function probeSignature(studio: Pick<AvatarStudio, "progress">): Promise<SignatureAnswer> {
  try {
    await studio.progress(NO_TASK);
    return { type: "accepted" };
  } catch (error) {
    const because = describeFault(error);
    if (isFault(error, "gateway-not-sent")) return { type: "silent", because };
    if (isFault(error, "gateway-unclear") && error.resultCode === undefined) return { type: "silent", because };
    if (!isFault(error, "gateway-refused")) return { type: "unclear", because };
    if (error.resultCode === NO_SUCH_RECORD) return { type: "accepted" };
    if (error.resultCode !== NOT_AUTHORISED) return { type: "unclear", because };
    return { type: "refused", code: String(error.resultCode), said: error.said ?? "" };
  }
}
