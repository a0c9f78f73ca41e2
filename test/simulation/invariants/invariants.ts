import { closesUploads } from "./closes-uploads.ts";
import { decidesRightly } from "./decides-rightly.ts";
import { endsInTime } from "./ends-in-time.ts";
import { forgetsNoTask } from "./forgets-no-task.ts";
import type { Invariant } from "./invariant.ts";
import { leavesNothing } from "./leaves-nothing.ts";
import { losesNoFile } from "./loses-no-file.ts";
import { movesLegally } from "./moves-legally.ts";
import { showsTheTruth } from "./shows-the-truth.ts";
import { spendsOnce } from "./spends-once.ts";
import { storesFiles } from "./stores-files.ts";
import { tellsOnce } from "./tells-once.ts";

/** What must hold after every run; a new one is a row here and a file beside it. */
export const INVARIANTS: readonly Invariant[] = [
  spendsOnce,
  decidesRightly,
  forgetsNoTask,
  movesLegally,
  storesFiles,
  losesNoFile,
  closesUploads,
  showsTheTruth,
  tellsOnce,
  leavesNothing,
  endsInTime,
];
