import type { MediaProbe } from "../../../src/core/check-ports.ts";
import { mediaProbe } from "../../../src/media/media-probe.ts";
import { startProbeThread } from "../../../src/media/probe-thread.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** A probe with the real parsers, and with the patience of a busy machine. */
export function probe(log = recordingLog(), startThread = startProbeThread): MediaProbe {
  return mediaProbe({ clock: systemClock, log, startThread, budgetMs: 60_000 });
}
