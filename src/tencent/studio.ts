import { z } from "zod";
import { cosUrlField } from "../core/coskey.ts";
import { describeFault, isFault } from "../core/fault.ts";
import { kindRow } from "../core/kinds.ts";
import { roleRow } from "../core/material.ts";
import type { AvatarStudio, MakeOrder, VendorNo, VendorUnclear } from "../core/ports.ts";
import type { Gateway } from "./gateway.ts";
import { progressSchema, readProgress } from "./progress.ts";
import { startedSchema } from "./task-id.ts";

const SERVICE = "/v2/ivh/assetmanager/customservice";
const MAKE_TIMEOUT_MS = 60_000;

/**
 * Result codes after which nothing was done, for certain; after any other nobody knows. All refuse the request before
 * it is carried out: parameters, authorisation, no such task, quota. @see docs/tencent-api.md, Result codes (62081)
 */
const DEFINITE_NO: Readonly<Record<"make" | "customerconfirm", readonly number[]>> = {
  make: [100001, 100002, 100003, 100005, 100008, 100014],
  customerconfirm: [100001, 100002, 100003, 100005, 110006],
};

/** Customization over the gateway. @see docs/tencent-api.md §3–5 (vendor pages 62060, 62061, 62062) */
export function avatarStudio(gateway: Gateway): AvatarStudio {
  return {
    async make(order) {
      try {
        const { payload } = await gateway.call({
          path: `${SERVICE}/make`,
          payload: makePayload(order),
          answer: startedSchema,
          kind: "write",
          claim: order.claim,
          timeoutMs: MAKE_TIMEOUT_MS,
        });
        return { type: "created", taskId: payload.TaskId };
      } catch (error) {
        return meaningOf(error, "make");
      }
    },

    async progress(taskId) {
      const { payload, requestId } = await gateway.call({
        path: `${SERVICE}/getprogress`,
        payload: { TaskId: taskId },
        answer: progressSchema,
        kind: "read",
      });
      return readProgress(payload, requestId);
    },

    async confirm({ taskId, claim, operate, reason }) {
      try {
        await gateway.call({
          path: `${SERVICE}/customerconfirm`,
          payload: { TaskId: taskId, Operate: operate, ...(reason !== undefined && { Reason: reason }) },
          answer: z.unknown(),
          kind: "write",
          claim,
        });
        return { type: "accepted" };
      } catch (error) {
        return meaningOf(error, "customerconfirm");
      }
    },
  };
}

/** The table of answers. @see docs/adr/0005-a-lost-launch-is-settled-by-a-person.md */
function meaningOf(error: unknown, operation: keyof typeof DEFINITE_NO): VendorNo | VendorUnclear {
  const details = isFault(error) && error.requestId ? { requestId: error.requestId } : {};
  if (isFault(error, "gateway-not-sent")) return { type: "refused", code: "not-sent", said: error.message };
  if (isFault(error, "gateway-refused") && DEFINITE_NO[operation].includes(Number(error.resultCode))) {
    return { type: "refused", code: String(error.resultCode), said: error.said ?? error.message, ...details };
  }
  return { type: "unknown", because: describeFault(error), ...details };
}

/** `RemoveBackground`. `IsHaveBackground` stays out: it is false by default, which is what a removed screen means. */
const SCREEN = { green: 1, white: 2 } as const;

/** Spelled so by public client code. @see docs/tencent-api.md §3 */
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
    ...(order.kind === "ZERO_SHOT_VOICE" && readingFields(order)),
    ...Object.fromEntries(materialFields(order)),
  };
}

function readingFields({ audioId, language }: MakeOrder): Record<string, string> {
  return { ...(audioId && { AudioId: audioId }), ...(language && { [LANGUAGE_FIELD]: language }) };
}

/**
 * The materials that the vendor asks for. A consent that only the team asked for stays in COS, as proof; a recording and a
 * reading were for their inspections.
 */
function materialFields(order: MakeOrder): [string, string][] {
  const asked = kindRow(order.kind).needs.flatMap((need) => need.roles);
  return order.materials.flatMap(({ role, key }): [string, string][] => {
    const { field } = roleRow(role);
    return field && asked.includes(role) ? [[field, cosUrlField(key)]] : [];
  });
}
