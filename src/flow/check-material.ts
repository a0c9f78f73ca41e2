import { applyCheck, checkAbsent, checkLater, checkStarted } from "../core/check-plan.ts";
import type { CheckReport } from "../core/check-ports.ts";
import { cosObjectUrl } from "../core/coskey.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingChecked, materialOf } from "../core/record.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox, showProgress } from "./outbox.ts";

export type CheckPorts = OutboxPorts & Pick<Ports, "settings" | "voices" | "faces">;

/**
 * Starts and polls the vendor's inspections. They are free, so one whose start was not saved is started again. The end of
 * an upload and the tick may call this at the same time; the mutex keeps the second from repeating the first.
 */
export function checkMaterials(ports: CheckPorts, id: string): Promise<void> {
  return ports.mutex.run(`inspections of ${id}`, () => checkDue(ports, id));
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
    const started = task ?? (await start(ports, c, m));
    if (task === undefined && started !== undefined) {
      const check = { task: started, compared: c.referenceText !== undefined };
      return await settle(ports, c.id, m.id, (now, found, at) => checkStarted(now, found, check, at, pollMs.min));
    }
    const report: CheckReport = started === undefined ? { type: "absent" } : await ask(ports, m, started);
    if (report.type === "absent") ports.log.warn("the account has no such inspection", { id: c.id, file: m.file.id });
    await settle(ports, c.id, m.id, (now, found, at) => applyCheck(now, found, report, at, pollMs));
  } catch (error) {
    ports.log.warn("running an inspection", { id: c.id, file: m.file.id, because: describeFault(error) });
    const after = afterFault(ports, m, error);
    await settle(ports, c.id, m.id, (now, found, at) => {
      switch (after) {
        case "absent":
          return checkAbsent(now, found, at);
        case "broken":
          return applyCheck(now, found, { type: "broken", said: describeFault(error) }, at, pollMs);
        case "later":
          return checkLater(now, found, at, pollMs, describeFault(error));
      }
    });
  }
}

/** How long the vendor may deny a task that it has started, or not answer. */
const PATIENCE_MS = 60_000;

/**
 * An inspection that the gateway refuses to start will not start later either. For a voice people must learn that it is
 * broken. Face detection is only advice: if it is refused or does not answer in time, the request continues without.
 */
function afterFault(ports: Pick<Ports, "clock">, { check }: Material, error: unknown): "absent" | "broken" | "later" {
  const waited = ports.clock.now() - (check?.failing?.since ?? ports.clock.now());
  const isLong = waited >= PATIENCE_MS;
  const isRefused = isFault(error, "gateway-refused") && (check?.task === undefined || isLong);
  if (check?.of !== "face") return isRefused ? "broken" : "later";
  return isRefused || isLong ? "absent" : "later";
}

/** @returns the vendor's task; undefined when the account does not have this inspection */
async function start(
  ports: Pick<Ports, "voices" | "faces">,
  c: Customization,
  m: Material,
): Promise<string | undefined> {
  if (!m.location || !m.check) throw new Error(`inspecting ${m.id}: it has no location`);
  const url = cosObjectUrl(m.location);
  switch (m.check.of) {
    case "evaluation":
      return ports.voices.evaluate({
        url,
        ...(c.language && { language: c.language }),
        ...(c.referenceText && { referenceText: c.referenceText }),
      });
    case "detection": {
      const text = c.texts?.find((t) => t.id === c.chosenText) ?? c.texts?.[0];
      return ports.voices.detect({ url, language: c.language ?? "chi", ...(text && { textId: text.id }) });
    }
    case "face":
      return ports.faces.detect(url);
  }
}

function ask(ports: Pick<Ports, "voices" | "faces">, m: Material, task: string): Promise<CheckReport> {
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
  ports: OutboxPorts,
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
  else await deliverOutbox(ports, id);
}
