import type { Person } from "../core/approval.ts";
import { mayAnswer } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import { note } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { linkState, withLink } from "../core/upload-link.ts";
import { change } from "./change.ts";
import { showProgress } from "./outbox.ts";

/** Ends an upload link through which nothing has come. One that is over stays as it is. */
export async function revokeUploadLink(
  ports: Pick<Ports, "store" | "card" | "clock" | "log" | "settings">,
  ask: { readonly id: string; readonly link: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const now = ports.clock.now();
  const revoked = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayAnswer(c, ask.who, ports.settings.policy);
    if (refused) return refused;
    const link = c.uploadLinks?.find(({ id }) => id === ask.link);
    if (!link || linkState(c, link, now) !== "open") return c;
    const ended = withLink(c, link.id, { ended: "revoked" });
    return note(ended, now, { type: "upload-link-revoked", role: link.role }, ask.who.id);
  });
  if (!isRefusal(revoked)) showProgress(ports, revoked);
  return revoked;
}
