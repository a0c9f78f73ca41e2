import { z } from "zod";
import { cosUrlField } from "../core/coskey.ts";
import { describeFault, isFault } from "../core/fault.ts";
import { roleRow } from "../core/material.ts";
import type { AvatarStudio, MakeOrder, VendorNo, VendorUnclear } from "../core/ports.ts";
import type { Gateway } from "./gateway.ts";
import { progressSchema, readProgress } from "./progress.ts";

const SERVICE = "/v2/ivh/assetmanager/customservice";
const MAKE_TIMEOUT_MS = 60_000;

/** Code 0 without a usable TaskId is not this, and so it is unclear. */
const madeSchema = z.object({
  TaskId: z.union([z.string().trim().min(1), z.int().positive()]).transform(String),
});

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
          answer: madeSchema,
          kind: "write",
          claim: order.claim,
          timeoutMs: MAKE_TIMEOUT_MS,
        });
        return { answer: "created", taskId: payload.TaskId };
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
        return { answer: "accepted" };
      } catch (error) {
        return meaningOf(error, "customerconfirm");
      }
    },
  };
}

/** The table of answers. @see ARCHITECTURE.md, What an answer to `make` means */
function meaningOf(error: unknown, operation: keyof typeof DEFINITE_NO): VendorNo | VendorUnclear {
  const details = isFault(error) && error.requestId ? { requestId: error.requestId } : {};
  if (isFault(error, "gateway-not-sent")) return { answer: "refused", code: "not-sent", said: error.message };
  if (isFault(error, "gateway-refused") && DEFINITE_NO[operation].includes(Number(error.resultCode))) {
    return { answer: "refused", code: String(error.resultCode), said: error.said ?? error.message, ...details };
  }
  return { answer: "unknown", because: describeFault(error), ...details };
}

/** `RemoveBackground`. `IsHaveBackground` stays out: it is false by default, which is what a removed screen means. */
const SCREEN = { green: 1, white: 2 } as const;

function makePayload(order: MakeOrder): Record<string, string | number> {
  return {
    AnchorName: order.name,
    MakeType: order.kind,
    SexType: order.sex,
    ...(order.notes && { Notes: order.notes }),
    ...(order.demoText && { TextDriver: order.demoText }),
    ...(order.background && { RemoveBackground: SCREEN[order.background] }),
    ...(order.photoVersion !== undefined && { PhotoVersion: order.photoVersion }),
    ...Object.fromEntries(materialFields(order)),
  };
}

/** A photo avatar takes no identity fields: a consent that the team asked for stays in COS, as proof. */
function materialFields(order: MakeOrder): [string, string][] {
  const fields = order.materials.map(({ role, key }): [string, string] => [roleRow(role).field, cosUrlField(key)]);
  return order.kind === "IMAGE_PHOTO" ? fields.filter(([field]) => field === "MaterialCosUrl") : fields;
}
