import { newRequestAnswer, photoAnswer } from "../../cards/command-answers.ts";
import { filesIn, isWritten } from "../../slack/messages.ts";
import { avatarTyped } from "../commands/avatar.ts";
import { helpTyped } from "../commands/help.ts";
import type { Command } from "../commands/parse-command.ts";
import { asksForSomething, parseCommand } from "../commands/parse-command.ts";
import type { CommandTarget, ListenerContext } from "../context.ts";
import { speakingTo } from "../context.ts";
import { paced } from "../paced.ts";
import { answer } from "../reply.ts";
import { asWhoActs } from "../who-acts.ts";
import type { Posted } from "./posted.ts";
import { isFirstEvent, rootOf, senderOf } from "./posted.ts";

/**
 * Carries out the command in a message that mentions the bot or is written to it directly, and ignores all other
 * messages. In a request's thread a command without an id is about that request.
 */
export async function answerMention(context: ListenerContext, posted: Posted, user: string): Promise<void> {
  const typed = isWritten(posted) ? typedTo(context.self.userId, posted) : undefined;
  if (typed === undefined || !(await isFirstEvent(context, posted))) return;
  const { channel } = posted;
  const thread = rootOf(posted);
  const target: CommandTarget = { who: await senderOf(context, posted, user), channel, thread };
  // Two apps that answer each other would never stop.
  if (target.who.barred === "app") return;
  const own = thread && (await context.ports.store.byCard(channel, thread))?.id;
  const command = parseCommand(typed, own);
  const theirs = await speakingTo(context, target);
  await paced(theirs, target, (admitted) =>
    asWhoActs(theirs, admitted, "id" in command ? command.id : undefined, (person) =>
      carryOut(theirs, person, { command, typed, posted }),
    ),
  );
}

/** What somebody wrote to the bot: the text without its mention. A direct message needs none. */
function typedTo(bot: string, posted: Posted): string | undefined {
  const mention = new RegExp(`<@${bot}(?:\\|[^>]*)?>[\\s:,\\uFF0C\\uFF1A]*`, "g");
  const text = posted.text ?? "";
  if (!isDirect(posted) && !mention.test(text)) return undefined;
  return text
    .replace(mention, " ")
    .trim()
    .replace(/^\/avatar\b/i, "")
    .trim();
}

function isDirect(posted: Posted): boolean {
  return posted.channel_type === "im" && rootOf(posted) === undefined;
}

interface Said {
  readonly command: Command;
  readonly typed: string;
  readonly posted: Posted;
}

async function carryOut(context: ListenerContext, target: CommandTarget, { command, typed, posted }: Said) {
  if (typed === "" && isDirectPhoto(posted))
    return await answer(context, target, photoAnswer(posted, context.view().words));
  if (command.type !== "unknown") return await avatarTyped(context, target, command);
  if (asksForSomething(typed)) return await answer(context, target, newRequestAnswer(context.view().words));
  if (command.nearest) return await avatarTyped(context, target, command);
  if (await isFirstHelp(context, target)) await helpTyped(context, target);
}

/** Whether somebody sent the bot a picture, as far as Slack says; the request looks into it. */
function isDirectPhoto(posted: Posted): boolean {
  return isDirect(posted) && filesIn(posted).some(({ mimetype }) => mimetype?.startsWith("image/"));
}

const HOUR_MS = 3_600_000;

/** Small talk gets help once per conversation and hour. */
function isFirstHelp({ ports }: ListenerContext, { channel, who }: CommandTarget): Promise<boolean> {
  const now = ports.clock.now();
  return ports.store.markSeen(`help ${channel} ${who.id} ${Math.floor(now / HOUR_MS)}`, now);
}
