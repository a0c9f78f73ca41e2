import { z } from "zod";
import { FIRST_PAGES } from "../../cards/home.ts";
import type { ListenerContext } from "../context.ts";

/** Slack sends the same when somebody opens the messages beside the Home. */
const openedSchema = z.object({ event: z.object({ user: z.string(), tab: z.literal("home") }) });

/** Somebody opened their Home: it begins with its first pages. */
export async function homeOpened(context: ListenerContext, body: unknown): Promise<void> {
  const opened = openedSchema.safeParse(body);
  if (opened.success) await context.homes.show(opened.data.event.user, FIRST_PAGES);
}
