import type { World } from "./world.ts";

/** What `--with` can make go wrong; each happens a few times and then passes. */
const FAULTS = {
  /** COS is busy. */
  "503": ({ cos }: World) => {
    for (const on of ["PutObject", "UploadPart"]) cos.faults.plan(on, { do: "status", status: 503 }, 2);
  },
  /** The download from Slack ends in the middle. */
  cut: ({ slack }: World) => slack.faults.plan("download", { do: "cut", afterBytes: 20_000 }, 2),
  /** Slack sends its login page instead of the file. */
  "login-page": ({ slack }: World) => slack.faults.plan("download", { do: "code", code: "login-page" }, 2),
  /** COS drops the connection. */
  reset: ({ cos }: World) => cos.faults.plan("PutObject", { do: "reset" }, 2),
  /** The gateway answers late. */
  slow: ({ gateway }: World) => gateway.faults.plan("*", { do: "slow", delayMs: 1_500 }, 8),
  /** The gateway is in trouble when asked for credentials and progress. */
  "500": ({ gateway }: World) => {
    for (const on of ["getuploadcredentials", "getprogress"]) gateway.faults.plan(on, { do: "status", status: 500 }, 2);
  },
  /** The answer to make is lost: whether a quota was spent is for a person to find out. */
  "lost-launch": ({ gateway }: World) => gateway.faults.plan("make", { do: "lost-answer" }),
  /** The answer to customerconfirm is lost. */
  "lost-answer": ({ gateway }: World) => gateway.faults.plan("customerconfirm", { do: "lost-answer" }),
  /** The vendor shows the old demo for a while after a decision. */
  stale: ({ gateway }: World) => gateway.staleConfirm("next", 3),
} as const satisfies Record<string, (world: World) => void>;

type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS);

export function isFaultName(word: string): word is FaultName {
  return Object.hasOwn(FAULTS, word);
}

export function applyFault(world: World, name: FaultName): void {
  FAULTS[name](world);
}
