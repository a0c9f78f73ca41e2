import type { Customization } from "../../core/customization.ts";
import type { Self } from "./clients.ts";

/** The address of a request's card. @see https://slack.com/help/articles/203274767 */
export function cardLink(c: Customization, self: Pick<Self, "teamUrl">): string | undefined {
  const { channel, card } = c.conversation;
  return card && new URL(`archives/${channel}/p${card.replace(".", "")}`, self.teamUrl).href;
}
