import type { MediaInfo } from "../core/check-ports.ts";
import type { Customization } from "../core/customization.ts";
import { checkDeclaredType } from "../core/declared-type.ts";
import type { Finding } from "../core/judge.ts";
import { judge, judgeSize } from "../core/judge.ts";
import { formatsOf } from "../core/material.ts";
import type { Material } from "../core/material-record.ts";
import type { PackedRecording } from "../core/packed-recording.ts";
import { recordingsToTry } from "../core/packed-recording.ts";
import type { Ports, SourceFile } from "../core/ports.ts";
import type { FileRefusal } from "../core/refusal.ts";

/** A file to judge before any of it is uploaded. */
type Unsent = Pick<Material, "role" | "file" | "probing" | "packed">;

/** What a probe leaves in the record; what is absent is removed. */
export type ProbeMark = Pick<Material, "probing" | "findings" | "recordings">;

interface ProbeRun {
  readonly signal: AbortSignal;
  readonly write: (mark: ProbeMark) => Promise<unknown>;
}

/** Probes a file before its upload, judges it by the rules and stores the findings. */
export async function judgeFile(
  ports: Pick<Ports, "media" | "log">,
  c: Customization,
  m: Unsent,
  source: SourceFile,
  { signal, write }: ProbeRun,
): Promise<Finding[]> {
  if (!m.role) return [];
  // What is in a package was looked at with it.
  const inside = m.packed ? insideOf(m.packed.recording) : await probeOnce(ports, c.id, m, source, { signal, write });
  const declared = checkDeclaredType(source.name, source.mimetype, source.format);
  const findings = [...judge(c.kind, m.role, inside), ...judgeSize(m.role, source.size, c.gateway), ...declared];
  const recordings = recordingsToTry(inside.zip?.recordings ?? [], formatsOf("recording", c.gateway));
  await write({ findings, ...(recordings.length > 0 && { recordings }) });
  return findings;
}

function insideOf({ format, seconds, sampleRate }: PackedRecording): MediaInfo {
  return {
    container: format,
    ...(seconds !== undefined && { seconds }),
    ...(sampleRate !== undefined && { audio: { sampleRate } }),
  };
}

/** Stores `probing` first, so that a file that kills the process does not kill it again after each restart. */
async function probeOnce(
  ports: Pick<Ports, "media" | "log">,
  id: string,
  m: Unsent,
  source: SourceFile,
  { signal, write }: ProbeRun,
): Promise<MediaInfo> {
  if (m.probing) {
    ports.log.warn("probing a file: an earlier probe never ended", { id, file: m.file.id });
    return { gaveUp: true };
  }
  await write({ probing: true });
  try {
    return await ports.media.probe(source.ranges(signal), source.format);
  } catch (error) {
    await write({});
    throw error;
  }
}

/** The refusal that findings amount to, with all clear violations. */
export function refusalAmong(findings: readonly Finding[]): FileRefusal | undefined {
  const [finding, ...others] = findings.filter(({ severity }) => severity === "refuse");
  return finding && { type: "material-rule", finding, ...(others.length > 0 && { others }) };
}

/** Puts a probe's mark on a file in the place of an earlier one. */
export function withProbeMark<T extends ProbeMark>(
  { probing: _probing, findings: _findings, recordings: _recordings, ...file }: T,
  mark: ProbeMark,
): Omit<T, keyof ProbeMark> & ProbeMark {
  return { ...file, ...mark };
}

/**
 * Finds the same bytes, by size and CRC-64, in this request or in one that failed. The card names the result, so only
 * requests count that everybody who sees the card may see.
 */
export async function findSameFile(
  ports: Pick<Ports, "store" | "channels">,
  id: string,
  materialId: string,
  stored: { readonly size: number; readonly crc64: string },
): Promise<Material["sameAs"]> {
  const failed = await ports.store.list({ states: ["failed"] });
  const here = await ports.store.get(id);
  for (const c of here ? [here, ...failed] : failed) {
    const same = c.materials.find((o) => o.id !== materialId && o.size === stored.size && o.crc64 === stored.crc64);
    if (!same) continue;
    const isSeen = c.conversation.channel === here?.conversation.channel || (await isPublicNow(ports, c));
    if (isSeen) return { id: c.id, name: same.file.name, state: c.id === id ? same.state : c.state };
  }
  return undefined;
}

async function isPublicNow(ports: Pick<Ports, "channels">, c: Customization): Promise<boolean> {
  if (c.conversation.visibility === "direct") return false;
  return (await ports.channels.facts(c.conversation.channel))?.visibility === "public";
}
