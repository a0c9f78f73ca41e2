import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { Material } from "../core/material-record.ts";
import { materialOf, refuseMaterial } from "../core/record.ts";
import type { FileRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { change } from "./change.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";

/** Refuses a file that is being received. */
export function refuseTransfer(
  ports: OutboxPorts,
  id: string,
  materialId: string,
  refusal: FileRefusal,
): Promise<void> {
  return endTransfer(ports, id, materialId, (c, m) =>
    refuseMaterial(c, m, m.file.link === undefined ? refusal : ofLink(refusal), ports.clock.now()),
  );
}

/** The same of a file that a link leads to: Slack has no part in it. */
function ofLink(refusal: FileRefusal): FileRefusal {
  if (refusal.type === "login-page") return { type: "link-failed", because: "page" };
  return refusal.type === "file-gone" ? { type: "link-failed", because: "gone" } : refusal;
}

/** Ends a transfer, unless the request has stopped collecting or the material is no longer being received. */
export async function endTransfer(
  ports: OutboxPorts,
  id: string,
  materialId: string,
  end: (c: Customization, m: Material) => Customization,
): Promise<void> {
  await change(ports.store, id, (c) => {
    const m = materialOf(c, materialId);
    return m && m.state === "receiving" && collects(c.state) ? end(c, m) : c;
  });
  await deliverOutbox(ports, id);
}

/** What a transfer that has failed for good means for its file. */
export function refusalOf(error: unknown): FileRefusal {
  if (isFault(error, "source-login-page")) return { type: "login-page" };
  if (isFault(error, "source-gone")) return { type: "file-gone" };
  const code = isFault(error) ? error.code : "unknown";
  return { type: "transfer-failed", code, detail: describeFault(error) };
}
