import type { Act } from "./act.ts";
import { asks } from "./asks.ts";
import { decides } from "./decides.ts";
import { drops } from "./drops.ts";
import { launches, settles } from "./launches.ts";
import { answersFiles, asksForStatus, cancels, deletes, meddles, replaces, restarts, revokes } from "./others.ts";

/** Everything that people may do; a new one is a row here. */
export const ACTS: readonly Act[] = [
  asks,
  drops,
  answersFiles,
  launches,
  settles,
  decides,
  cancels,
  replaces,
  meddles,
  deletes,
  revokes,
  asksForStatus,
  restarts,
];
