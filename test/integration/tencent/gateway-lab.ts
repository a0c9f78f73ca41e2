import { z } from "zod";
import { systemClock } from "../../../src/ops/clock.ts";
import type { Gateway, GatewayOptions } from "../../../src/tencent/gateway.ts";
import { gateway } from "../../../src/tencent/gateway.ts";
import { freeRate } from "../../fixtures/free-rate.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** Repeats after a millisecond and is hardly limited, unless told otherwise. */
export function client(baseUrl: string, more: Partial<GatewayOptions> = {}): Gateway {
  return gateway({
    baseUrl,
    appkey: "example_appkey",
    accessToken: "example_accesstoken",
    ...freeRate,
    clock: { now: () => 1717639699_123, sleep: systemClock.sleep },
    log: recordingLog(),
    firstRetryMs: 1,
    ...more,
  });
}

const thing = {
  path: "/v2/ivh/thing/gething",
  payload: { TaskId: "7" },
  answer: z.object({ Name: z.string() }),
};
export const read = { ...thing, kind: "read" } as const;
export const write = { ...thing, kind: "write", claim: "claim-1" } as const;
