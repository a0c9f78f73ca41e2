import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const START_MS = 30_000;
const KEPT_LINES = 5_000;

/** The compiled bot in its own process, as operators run it. */
export interface BotProcess {
  /** Where it listens. */
  readonly url: string;
  readonly pid: number;
  /** Its last log lines. */
  readonly log: readonly string[];
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL: no clean-up. */
  kill(): Promise<void>;
  readonly exited: Promise<number | null>;
}

const lineSchema = z.object({ msg: z.string(), port: z.number().optional() });

/**
 * Starts the bot and waits until it is ready.
 * @param env  all of its settings; PORT 0 lets it choose
 * @param onSpawn  called as soon as the process exists, before it is ready
 * @param onListening  called with the address before Slack connects, for HTTP mode
 * @throws when it exits first, with its last log lines
 */
export async function startBot(
  env: Readonly<Record<string, string>>,
  options: {
    readonly cwd: string;
    readonly onSpawn?: (child: { readonly pid: number; readonly exited: Promise<number | null> }) => void;
    readonly onListening?: (url: string) => void;
    readonly logFile?: string;
  },
): Promise<BotProcess> {
  const child = spawn(process.execPath, await startArguments(), {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit").then(([code]): number | null => (typeof code === "number" ? code : null));
  if (child.pid !== undefined) options.onSpawn?.({ pid: child.pid, exited });
  const log: string[] = [];
  const started = new Promise<string>((ready, failed) => {
    const known = { url: "" };
    const timer = setTimeout(() => {
      failed(new Error(`the bot is not ready:\n${log.join("\n")}`));
      child.kill("SIGKILL");
    }, START_MS);
    const onLine = (line: string): void => {
      log.push(line);
      if (options.logFile !== undefined) appendFileSync(options.logFile, `${line}\n`);
      if (log.length > KEPT_LINES) log.shift();
      const told = readLine(line);
      if (told?.msg === "listening") {
        known.url = `http://127.0.0.1:${told.port}`;
        options.onListening?.(known.url);
      }
      if (told?.msg === "ready") {
        clearTimeout(timer);
        ready(known.url);
      }
    };
    createInterface({ input: child.stdout }).on("line", onLine);
    createInterface({ input: child.stderr }).on("line", onLine);
    void exited.then((code) => {
      clearTimeout(timer);
      failed(new Error(`the bot ended with ${code} before it was ready:\n${log.slice(-20).join("\n")}`));
    });
  });
  const url = await started;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    url,
    pid: child.pid ?? 0,
    log,
    exited,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
  };
}

const packageSchema = z.object({ scripts: z.object({ start: z.string().startsWith("exec node ") }) });

/** Node's arguments in `npm start`, whose `exec` replaces the shell because a shell would not pass SIGTERM on. */
async function startArguments(): Promise<string[]> {
  const { scripts } = packageSchema.parse(JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")));
  const [, , ...args] = scripts.start.split(" ");
  return args.map((arg) => (arg.endsWith(".js") ? join(ROOT, arg) : arg));
}

function readLine(line: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
