import { describeFault } from "../../../core/fault.ts";
import { KIND_BLOCK, REQUEST_FORM, readRequestDraft } from "../../cards/forms.ts";
import type { ListenerContext } from "../context.ts";
import { speakingTo } from "../context.ts";
import { formFor } from "../open-request-form.ts";
import type { FormChange } from "../payloads.ts";

/** Shows the fields of the kind that was chosen. Whether its sender may act is checked when the form is sent. */
export async function formChanged(context: ListenerContext, { who, form, block, view }: FormChange): Promise<void> {
  if (form !== REQUEST_FORM || block !== KIND_BLOCK) return;
  try {
    await context.languages.ofPerson(who.id);
    const changed = formFor(await speakingTo(context, { who }), who.id, readRequestDraft(view));
    await context.slack.posts.views.update({ view_id: view.id, view: changed });
  } catch (error) {
    // The form may be closed by now; if it is open, it still has the fields that every kind takes.
    context.ports.log.info("showing the fields of a kind", { because: describeFault(error) });
  }
}
