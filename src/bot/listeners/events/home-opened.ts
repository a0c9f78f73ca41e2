import { z } from "zod";
import { FIRST_PAGES } from "../../cards/home.ts";
import type { ListenerContext } from "../context.ts";

/** The event also comes for the app's Messages tab, which is not for us. */
const openedSchema = z.object({ event: z.object({ user: z.string(), tab: z.literal("home") }) });

/** Shows the first pages of a Home that somebody opened. */
export async function homeOpened(context: ListenerContext, body: unknown): Promise<void> {
  const opened = openedSchema.safeParse(body);
  if (opened.success) await context.homes.show(opened.data.event.user, FIRST_PAGES);
}
