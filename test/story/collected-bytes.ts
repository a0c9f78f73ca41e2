import { readFile } from "node:fs/promises";
import WebSocket from "ws";
import { z } from "zod";
import type { BotProcess } from "../../sandbox/bot-process.ts";

/** What a process holds once everything that nobody uses is collected. */
export interface CollectedBytes {
  readonly heap: number;
  readonly resident: number;
}

const replySchema = z.object({
  id: z.number(),
  result: z.object({ usedSize: z.number().optional() }).optional(),
});

/**
 * Collects a bot's garbage through its inspector, and measures what is left.
 * @param bot  started with `NODE_OPTIONS=--inspect=127.0.0.1:0`
 */
export async function collectedBytes(bot: BotProcess): Promise<CollectedBytes> {
  const address = bot.log.map((line) => /Debugger listening on (ws:\S+)/.exec(line)?.[1]).findLast(Boolean);
  if (!address) throw new Error("the bot has no inspector");
  const socket = new WebSocket(address);
  const ask = async (id: number, method: string): Promise<z.infer<typeof replySchema>["result"]> => {
    const answered = new Promise<z.infer<typeof replySchema>>((resolve, reject) => {
      socket.once("error", reject);
      socket.on("message", (data) => {
        const reply = replySchema.safeParse(JSON.parse(String(data)));
        if (reply.data?.id === id) resolve(reply.data);
      });
    });
    socket.send(JSON.stringify({ id, method }));
    return (await answered).result;
  };
  try {
    await new Promise((opened, failed) => socket.once("open", opened).once("error", failed));
    // Twice: what a finaliser lets go of is garbage only afterwards.
    await ask(1, "HeapProfiler.collectGarbage");
    await ask(2, "HeapProfiler.collectGarbage");
    const heap = (await ask(3, "Runtime.getHeapUsage"))?.usedSize;
    const status = await readFile(`/proc/${bot.pid}/status`, "utf8");
    const resident = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    if (heap === undefined) throw new Error("the inspector does not tell the heap's size");
    return { heap, resident };
  } finally {
    socket.close();
  }
}
