import type { Customization } from "./customization.ts";
import type { HistoryEvent } from "./history.ts";
import { launchMaterials } from "./record.ts";
import type { MakeAnswer } from "./vendor-answer.ts";

type EventOf<Type extends HistoryEvent["type"]> = Extract<HistoryEvent, { readonly type: Type }>;

/** What whoever launches agrees to, and for which files. @param claim  the call's id */
export function launchAgreed(c: Customization, claim: string, again: boolean): EventOf<"launch-agreed"> {
  const files = launchMaterials(c).flatMap(({ role, file, crc64 }) =>
    role ? [{ role, name: file.name, by: file.by, ...(crc64 && { crc64 }) }] : [],
  );
  return { type: "launch-agreed", claim, again, files };
}

export function launched({
  taskId,
  requestId,
}: Extract<MakeAnswer, { readonly type: "created" }>): EventOf<"launched"> {
  return { type: "launched", task: taskId, ...(requestId && { requestId }) };
}
