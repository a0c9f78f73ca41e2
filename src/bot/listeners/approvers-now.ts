import { isGroup } from "../../core/approval.ts";
import type { Customization } from "../../core/customization.ts";
import type { ApproversNow } from "../cards/change-forms.ts";
import type { ListenerContext } from "./context.ts";

/** The approvers of a request, as Slack has them now; without an answer they count as still there. */
export async function approversNow({ people }: ListenerContext, { approvers }: Customization): Promise<ApproversNow> {
  const found = await Promise.all(approvers.filter((id) => !isGroup(id)).map((id) => people.lookUpSoon(id)));
  const left = found.filter(({ barred }) => barred === "deactivated").map(({ id }) => id);
  return { still: approvers.filter((id) => !left.includes(id)), left: left.map((id) => people.nameOf(id)) };
}
