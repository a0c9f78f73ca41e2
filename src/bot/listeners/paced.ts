import type { ListenerContext, ReplyTarget } from "./context.ts";
import { answerRefusal } from "./reply.ts";

/** Does what somebody asked for, unless they ask for more than a person would; then it says so once. */
export async function paced<T extends ReplyTarget>(
  context: ListenerContext,
  target: T,
  act: (target: T) => Promise<void>,
): Promise<void> {
  const admission = context.pace.admit(target.who.id, context.ports.clock.now());
  if (admission === "pass") await act(target);
  else if (admission === "refuse") await answerRefusal(context, target, { type: "too-fast" });
}
