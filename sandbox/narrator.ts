import { look } from "./look.ts";
import type { World } from "./world.ts";

/** Prints what happens: the channel and its threads as they grow, objects in the bucket, calls of the gateway. */
export function narrate(world: World, print: (line: string) => void): () => void {
  const { slack, gateway, cos, channel, people } = world;
  const shown = new Map<string, string>();
  const names = new Map(Object.entries(people).map(([name, person]) => [person.id, name]));
  const counts = { calls: 0, objects: new Set<string>(), privates: 0 };

  const say = (who: string, ts: string, text: string): void => {
    if (shown.get(ts) === text) return;
    print(`${shown.has(ts) ? "  ~" : "  ·"} ${who}: ${firstLines(text)}`);
    shown.set(ts, text);
  };
  const nameOf = (user: string): string => names.get(user) ?? (user === slack.botUserId ? "avatar-bot" : user);

  const look1 = (): void => {
    for (const root of slack.messages(channel)) {
      for (const message of slack.messages(channel, root.ts)) {
        const files = message.files?.map((file) => `[${String(file.name)}]`).join(" ") ?? "";
        // A card is long: its one-line text says what has changed.
        say(nameOf(message.user), message.ts, [message.text, files].filter(Boolean).join(" "));
      }
    }
    const whispers = Object.entries(people).flatMap(([name, person]) =>
      person.privates(channel).map((m) => ({ name, m })),
    );
    for (const { name, m } of whispers.slice(counts.privates))
      print(`  · avatar-bot → ${name} only: ${firstLines(look(m).text)}`);
    counts.privates = whispers.length;
    for (const object of cos.objects()) {
      if (counts.objects.has(object.key)) continue;
      counts.objects.add(object.key);
      print(`  COS      ${object.key}  ${object.size} bytes  CRC-64 ${object.crc64}`);
    }
    for (const call of gateway.calls.slice(counts.calls)) {
      if (!/(progress|state)$/.test(call.operation))
        print(`  gateway  ${call.operation} → ${call.code}  ${JSON.stringify(call.payload)}`);
    }
    counts.calls = gateway.calls.length;
  };
  return slack.onChange(look1);
}

function firstLines(text: string): string {
  return text.replace(/\s*\n\s*/g, " / ").slice(0, 300);
}
