import { z } from "zod";
import { describeFault, isFault } from "../core/fault.ts";
import type { MaterialRole } from "../core/kinds.ts";
import { kindRow } from "../core/kinds.ts";
import type { AvatarStudio, MakeOrder } from "../core/ports.ts";
import type { VendorNo, VendorUnclear } from "../core/vendor-answer.ts";
import { NOT_SENT } from "../core/vendor-answer.ts";
import { startedSchema } from "./answer-fields.ts";
import type { Gateway } from "./gateway.ts";
import { progressSchema, readProgress } from "./progress.ts";
import { vendorReason } from "./result-codes.ts";

const SERVICE = "/v2/ivh/assetmanager/customservice";
const MAKE_TIMEOUT_MS = 60_000;

/** Customization over the gateway. @see docs/tencent-api.md §3–5 (vendor pages 62060, 62061, 62062) */
export function avatarStudio(gateway: Pick<Gateway, "call">): AvatarStudio {
  return {
    async make(order) {
      try {
        const { payload, requestId } = await gateway.call({
          path: `${SERVICE}/make`,
          payload: makePayload(order),
          answer: startedSchema,
          kind: "write",
          claim: order.claim,
          timeoutMs: MAKE_TIMEOUT_MS,
        });
        return { type: "created", taskId: payload.TaskId, ...(requestId && { requestId }) };
      } catch (error) {
        return meaningOf(error);
      }
    },

    async progress(taskId, waits = "person") {
      const { payload, requestId } = await gateway.call({
        path: `${SERVICE}/getprogress`,
        payload: { TaskId: taskId },
        answer: progressSchema,
        kind: "read",
        waits,
      });
      return readProgress(payload, requestId);
    },

    async confirm({ taskId, claim, operate, reason }) {
      try {
        const { requestId } = await gateway.call({
          path: `${SERVICE}/customerconfirm`,
          payload: { TaskId: taskId, Operate: operate, ...(reason !== undefined && { Reason: reason }) },
          answer: z.unknown(),
          kind: "write",
          claim,
        });
        return { type: "accepted", ...(requestId && { requestId }) };
      } catch (error) {
        return meaningOf(error);
      }
    },
  };
}

/** @see docs/adr/0005-a-lost-launch-is-settled-by-a-person.md */
export function meaningOf(error: unknown): VendorNo | VendorUnclear {
  const details = isFault(error) && error.requestId ? { requestId: error.requestId } : {};
  if (isFault(error, "gateway-not-sent")) return no(NOT_SENT, error.message);
  if (isFault(error, "gateway-refused")) {
    return { ...no(String(error.resultCode), error.said ?? error.message), ...details };
  }
  return { type: "unknown", because: describeFault(error), ...details };
}

function no(code: string, said: string): VendorNo {
  return { type: "refused", code, reason: vendorReason(code), said };
}

/** `RemoveBackground`. `IsHaveBackground` is omitted: its default is false, which is right for a removed screen. */
const SCREEN = { green: 1, white: 2 } as const;

/** The spelling of public client code. @see docs/tencent-api.md §3 */
const LANGUAGE_FIELD = "ZeroshortLang";

function makePayload(order: MakeOrder): Record<string, string | number> {
  return {
    AnchorName: order.name,
    MakeType: order.kind,
    SexType: order.sex,
    ...(order.notes && { Notes: order.notes }),
    ...(order.demoText && { TextDriver: order.demoText }),
    ...(order.background && { RemoveBackground: SCREEN[order.background] }),
    ...(order.photoVersion !== undefined && { PhotoVersion: order.photoVersion }),
    ...(kindRow(order.kind).speech === "reading" && readingFields(order)),
    ...Object.fromEntries(materialFields(order)),
  };
}

function readingFields({ audioId, language }: MakeOrder): Record<string, string> {
  return { ...(audioId && { AudioId: audioId }), ...(language && { [LANGUAGE_FIELD]: language }) };
}

/** The field of `make` that carries a material. A recording and a reading are only inspected. */
const MATERIAL_FIELD: Readonly<Partial<Record<MaterialRole, string>>> = {
  "identity-video": "IdentityCosUrl",
  "identity-letter": "IdentityWrittenCosUrl",
  footage: "MaterialCosUrl",
  photo: "MaterialCosUrl",
  "voice-package": "MaterialCosUrl",
};

/** Only what the vendor asks for: a consent that `REQUIRE_CONSENT` adds stays in COS as proof. */
function materialFields(order: MakeOrder): [string, string][] {
  const asked = kindRow(order.kind).needs.flatMap((need) => need.roles);
  return order.materials.flatMap(({ role, key }): [string, string][] => {
    const field = MATERIAL_FIELD[role];
    return field && asked.includes(role) ? [[field, `/${key}`]] : [];
  });
}
