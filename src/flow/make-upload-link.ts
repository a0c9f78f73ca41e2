import type { Person } from "../core/approval.ts";
import { mayAnswer } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import type { MaterialRole } from "../core/kinds.ts";
import type { Ports } from "../core/ports.ts";
import { note } from "../core/record.ts";
import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { collects } from "../core/state.ts";
import { hashOfSecret, rolesTooLargeForSlack, uploadToken, withUploadLink } from "../core/upload-link.ts";
import type { UploadLink } from "../core/upload-link-record.ts";
import { change } from "./change.ts";
import { showProgress } from "./outbox.ts";

interface Made {
  readonly type: "made";
  readonly c: Customization;
  readonly link: UploadLink;
  /** The end of the address of the upload page. It is kept nowhere. */
  readonly token: string;
}

/** Makes a one-time link for a file of a role; it takes the place of an unused one. */
export async function makeUploadLink(
  ports: Pick<Ports, "store" | "card" | "clock" | "log" | "newId" | "settings">,
  ask: { readonly id: string; readonly role: MaterialRole; readonly who: Person; readonly name?: string | undefined },
): Promise<Made | Refusal> {
  const [link, secret] = [ports.newId(), `${ports.newId()}${ports.newId()}`.replaceAll("-", "")];
  const now = ports.clock.now();
  const made = await change<Refusal>(ports.store, ask.id, (c) => {
    const refused = mayAnswer(c, ask.who, ports.settings.policy);
    if (refused) return refused;
    if (!collects(c.state)) return { type: "not-collecting", state: c.state, id: c.id };
    if (!rolesTooLargeForSlack(c).includes(ask.role)) return { type: "nothing-to-override" };
    const added = withUploadLink(c, {
      id: link,
      hash: hashOfSecret(secret),
      role: ask.role,
      by: ask.who.id,
      ...(ask.name && { byName: ask.name }),
      at: now,
    });
    return note(added, now, { type: "upload-link-made", role: ask.role }, ask.who.id);
  });
  if (isRefusal(made)) return made;
  showProgress(ports, made);
  const own = made.uploadLinks?.find(({ id }) => id === link);
  if (!own) throw new Error(`making an upload link of ${ask.id}: it is not in the record`);
  return { type: "made", c: made, link: own, token: uploadToken(ask.id, secret) };
}
