import { applyCheck, checkAbsent, checkLater, checkStarted } from "../core/check-plan.ts";
import type { CheckReport } from "../core/check-ports.ts";
import { cosObjectUrl } from "../core/coskey.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Check, Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingChecked, materialOf } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import { showProgress, tell } from "./tell.ts";

type CheckPorts = Ports;

/**
 * Inspections cost nothing: one whose start was not written down is simply started again. The end of an upload and the tick
 * come here at the same moment, so they take turns: what the first has started is not due for the second.
 */
export function checkMaterials(ports: CheckPorts, id: string): Promise<void> {
  return ports.inTurn(`inspections of ${id}`, () => checkDue(ports, id));
}

async function checkDue(ports: CheckPorts, id: string): Promise<void> {
  const c = await ports.store.get(id);
  const now = ports.clock.now();
  const due =
    c && collects(c.state) ? c.materials.filter((m) => isBeingChecked(m) && (m.check?.nextLookAt ?? 0) <= now) : [];
  for (const m of due) if (c) await checkOne(ports, c, m);
}

async function checkOne(ports: CheckPorts, c: Customization, m: Material): Promise<void> {
  const { pollMs } = ports.settings;
  try {
    const task = m.check?.task;
    if (task === undefined) {
      const started = await start(ports, c, m);
      await settle(ports, c.id, m.id, (now, found, at) => checkStarted(now, found, started, at, pollMs.min));
    } else {
      const report = await ask(ports, m, task);
      await settle(ports, c.id, m.id, (now, found, at) => applyCheck(now, found, report, at, pollMs));
    }
  } catch (error) {
    const isAbsent = m.check?.of === "face" && goesWithout(ports, m.check, error);
    ports.log.warn("inspecting a file", { id: c.id, file: m.file.id, because: describeFault(error) });
    await settle(ports, c.id, m.id, (now, found, at) =>
      isAbsent ? checkAbsent(now, found, at) : checkLater(now, found, at, pollMs, describeFault(error)),
    );
  }
}

/** Face detection is only advised: a gateway that refuses it, or has not answered it for so long, blocks no request. */
const FACE_PATIENCE_MS = 60_000;

function goesWithout(ports: CheckPorts, check: Check, error: unknown): boolean {
  const waited = ports.clock.now() - (check.failing?.since ?? ports.clock.now());
  const isRefused = check.task === undefined && isFault(error, "gateway-refused");
  return ports.faces.isAbsent(error) || isRefused || waited >= FACE_PATIENCE_MS;
}

async function start(ports: CheckPorts, c: Customization, m: Material): Promise<string> {
  if (!m.place || !m.check) throw new Error(`inspecting ${m.id}: it lies nowhere`);
  const url = cosObjectUrl(m.place);
  switch (m.check.of) {
    case "evaluation":
      return ports.voices.evaluate({ url, ...(c.referenceText && { referenceText: c.referenceText }) });
    case "detection": {
      const text = c.texts?.find((t) => t.id === c.chosenText) ?? c.texts?.[0];
      return ports.voices.detect({ url, language: c.language ?? "chi", ...(text && { textId: text.id }) });
    }
    case "face":
      return ports.faces.detect(url);
  }
}

function ask(ports: CheckPorts, m: Material, task: string): Promise<CheckReport> {
  switch (m.check?.of) {
    case "evaluation":
      return ports.voices.evaluation(task);
    case "detection":
      return ports.voices.detection(task);
    default:
      return ports.faces.detection(task);
  }
}

async function settle(
  ports: CheckPorts,
  id: string,
  materialId: string,
  apply: (c: Customization, m: Material, at: number) => Customization,
): Promise<void> {
  const settled = await change(ports.store, id, (c) => {
    const m = materialOf(c, materialId);
    return m && isBeingChecked(m) && collects(c.state) ? apply(c, m, ports.clock.now()) : c;
  });
  if (isRefusal(settled)) return;
  const m = materialOf(settled, materialId);
  if (m && isBeingChecked(m)) showProgress(ports, settled);
  else await tell(ports, id);
}
