import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type FaultQueue, strikeInWords } from "../../faults.ts";
import type { SandboxGateway } from "../../gateway/server.ts";
import type { World } from "../../world.ts";
import type { BotState } from "../contract.ts";
import type { ActivityLog, Happening } from "./activity-log.ts";

type GatewayCall = SandboxGateway["calls"][number];

/**
 * Records what happened at the gateway, in COS and to the bot, and which faults struck, since the last call.
 * Progress polls that repeat the previous answer are left out.
 * @param now  milliseconds since 1970
 * @param trouble  gets a sentence when the bot exits unexpectedly
 * @returns records again
 */
export function watchBehind(world: World, log: ActivityLog, now: () => number, trouble: (said: string) => void) {
  const { slack, gateway, cos } = world;
  const seen = { calls: 0, cosCalls: 0, objects: new Map<string, number>(), uploads: new Set<string>() };
  const struck = new Map<FaultQueue, number>();
  const undecided = new Map<GatewayCall, { id: number; at: number }>();
  const answers = new Map<string, unknown>();
  const known: { bot: BotState } = { bot: { is: "stopped", since: 0 } };

  function lookAtFaults(): void {
    for (const { faults } of [slack, gateway, cos]) {
      for (const strike of faults.strikes.slice(struck.get(faults) ?? 0))
        log.add({ from: "fault", at: now(), title: strikeInWords(strike), isWell: false });
      struck.set(faults, faults.strikes.length);
    }
  }

  function lookAtCalls(): void {
    for (const [call, { id, at }] of undecided) {
      if (call.code === -1) continue;
      undecided.delete(call);
      log.amend(id, inWords(call, at));
    }
    for (const call of gateway.calls.slice(seen.calls)) {
      if (isRepeated(call)) continue;
      const at = now();
      const id = log.add(inWords(call, at));
      if (call.code === -1) undecided.set(call, { id, at });
    }
    seen.calls = gateway.calls.length;
  }

  function isRepeated(call: GatewayCall): boolean {
    if (!/(progress|state)$/.test(call.operation)) return false;
    const asked = `${call.operation} ${JSON.stringify(call.payload)}`;
    const answer = call.code === 0 ? withoutQueries(call.answer) : call.code;
    const isSame = answers.has(asked) && isDeepStrictEqual(answers.get(asked), answer);
    answers.set(asked, answer);
    return isSame;
  }

  function lookAtCos(): void {
    for (const { operation, key, status } of cos.calls.slice(seen.cosCalls))
      if (status >= 400)
        log.add({ from: "cos", at: now(), title: `${operation} → ${status}`, line: key, isWell: false });
    seen.cosCalls = cos.calls.length;
    for (const { bucket, key, uploadId } of cos.openUploads()) {
      if (seen.uploads.has(uploadId)) continue;
      seen.uploads.add(uploadId);
      const title = `upload of ${fileOf(key)} begins`;
      log.add({ from: "cos", at: now(), title, line: key, isWell: true, details: { bucket, key } });
    }
    for (const object of cos.objects()) {
      const { bucket, key, size, crc64, uploadedAt } = object;
      if (seen.objects.get(`${bucket}/${key}`) === uploadedAt) continue;
      seen.objects.set(`${bucket}/${key}`, uploadedAt);
      const title = `${fileOf(key)}: ${size} bytes, CRC-64 ${crc64}`;
      log.add({ from: "cos", at: uploadedAt, title, line: key, isWell: true, details: object });
    }
  }

  function lookAtBot(): void {
    const [before, bot] = [known.bot, world.botState()];
    if (bot.is === before.is && bot.since === before.since) return;
    known.bot = bot;
    const line = bot.pid === undefined ? {} : { line: `pid ${bot.pid}` };
    if (bot.is !== "stopped") return void log.add({ from: "bot", at: bot.since, title: bot.is, ...line, isWell: true });
    if (before.since > 0) void tellEnd(bot.since, before.is === "running");
  }

  async function tellEnd(at: number, wasReady: boolean): Promise<void> {
    if (!wasReady) return void log.add({ from: "bot", at, title: "ended before it was ready", isWell: false });
    const code = await world.bot().exited;
    const title = code === null ? "killed" : code === 0 ? "stopped" : `ended by itself with ${code}`;
    log.add({ from: "bot", at, title, isWell: code === 0 });
    if (code) trouble(`The bot has ended by itself with ${code}; its log says why.`);
  }

  return (): void => {
    lookAtFaults();
    lookAtCalls();
    lookAtCos();
    lookAtBot();
  };
}

const answerSchema = z.object({
  TaskId: z.union([z.string(), z.number()]).optional(),
  StageV2: z.string().optional(),
  StatusV2: z.string().optional(),
});

/** The part of an answer that a reader looks for. */
function lineOf({ message, answer }: GatewayCall): { line?: string } {
  const { TaskId, StageV2, StatusV2 } = answerSchema.safeParse(answer).data ?? {};
  const line = message ?? (StageV2 ? [StageV2, StatusV2].join(" ") : TaskId && `TaskId ${TaskId}`);
  return line ? { line } : {};
}

/** `make → 0`; an answer that is pending or lost has no code. */
function inWords(call: GatewayCall, at: number): Happening {
  const { operation, code, payload, answer, header } = call;
  return {
    from: "gateway",
    at,
    title: code === -1 ? operation : `${operation} → ${code}`,
    ...lineOf(call),
    isWell: code <= 0,
    details: { Header: header, Payload: payload, ...(answer !== undefined && { answer }) },
  };
}

/** Demo links differ in every answer. */
function withoutQueries(answer: unknown): unknown {
  return JSON.stringify(answer)?.replace(/\?[^"]*/g, "");
}

function fileOf(key: string): string {
  return key.split("/").at(-1) ?? key;
}
