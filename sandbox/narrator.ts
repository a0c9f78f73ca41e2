import { look } from "./look.ts";
import type { SlackMessage } from "./slack/messages.ts";
import type { World } from "./world.ts";

/** Prints what happens: the channel and its threads as they grow, objects in the bucket, calls of the gateway. */
export function narrate(world: World, print: (line: string) => void): () => void {
  const { slack, gateway, cos, channel, people } = world;
  const shown = new Map<string, string>();
  const names = new Map(Object.entries(people).map(([name, person]) => [person.id, name]));
  const told = new Set<object | string>();

  /** Whether it is news. */
  const isNew = (thing: object | string): boolean => !told.has(thing) && told.add(thing) !== undefined;
  const nameOf = (user: string): string => names.get(user) ?? (user === slack.botUserId ? "avatar-bot" : user);

  const say = (message: SlackMessage, text: string): void => {
    if (shown.get(message.ts) === text) return;
    print(`${shown.has(message.ts) ? "  ~" : "  ·"} ${nameOf(message.user)}: ${oneLine(text)}`);
    if (!shown.has(message.ts)) for (const row of tableIn(look(message).text)) print(`      ${row}`);
    shown.set(message.ts, text);
  };

  const lookAround = (): void => {
    for (const root of slack.messages(channel)) {
      for (const message of slack.messages(channel, root.ts)) {
        const files = message.files?.map((file) => `[${String(file.name)}]`).join(" ") ?? "";
        // A card is long: its one-line text says what has changed.
        say(message, [message.text, files].filter(Boolean).join(" "));
      }
    }
    for (const [name, person] of Object.entries(people)) {
      for (const whisper of person.privates(channel))
        if (isNew(`${name} ${whisper.ts}`)) print(`  · avatar-bot → ${name} only: ${oneLine(look(whisper).text)}`);
    }
    for (const { key, size, crc64 } of cos.objects())
      if (isNew(key)) print(`  COS      ${key}  ${size} bytes  CRC-64 ${crc64}`);
    for (const call of gateway.calls) {
      const isAnswered = call.code !== -1;
      if (!isAnswered || !isNew(call) || /(progress|state)$/.test(call.operation)) continue;
      print(`  gateway  ${call.operation} → ${call.code}  ${JSON.stringify(call.payload)}`);
    }
  };
  return slack.onChange(lookAround);
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " / ").slice(0, 300);
}

/** What stands between fences, line by line. */
function tableIn(text: string): string[] {
  return /```\n([\s\S]*?)\n?```/.exec(text)?.[1]?.split("\n") ?? [];
}
