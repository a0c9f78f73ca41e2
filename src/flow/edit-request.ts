import type { Person } from "../core/approval.ts";
import { mayChange } from "../core/approval.ts";
import type { RequestEdit } from "../core/change-of-mind.ts";
import { cannotEdit, checkEdit, withEdit } from "../core/change-of-mind.ts";
import type { Customization } from "../core/customization.ts";
import { isFault } from "../core/fault.ts";
import type { FormField } from "../core/form-rules.ts";
import type { Ports } from "../core/ports.ts";
import type { FieldRefusal, Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

interface EditRequest {
  readonly id: string;
  readonly edit: RequestEdit;
  readonly who: Person;
}

type Edited =
  | { readonly edited: Customization }
  | { readonly fields: Partial<Record<FormField, FieldRefusal>> }
  | { readonly refused: Refusal };

/** Changes a request before Launch. Deliver its outbox after the form is acknowledged. */
export async function editRequest(
  ports: Pick<Ports, "store" | "clock" | "settings">,
  ask: EditRequest,
): Promise<Edited> {
  const { policy } = ports.settings;
  const known = await ports.store.get(ask.id);
  const fields = known ? checkEdit(known, ask.edit, policy) : {};
  if (Object.keys(fields).length > 0) return { fields };
  try {
    const edited = await change<Refusal>(ports.store, ask.id, (c) => {
      const refused = mayChange(c, ask.who, policy) ?? cannotEdit(c);
      return refused ?? withEdit(c, ask.edit, { by: ask.who.id, at: ports.clock.now() });
    });
    return isRefusal(edited) ? { refused: edited } : { edited };
  } catch (error) {
    if (isFault(error, "name-taken")) return { fields: { name: { type: "name-in-use" } } };
    throw error;
  }
}
