import type { MediaInfo } from "../core/check-ports.ts";
import type { Customization } from "../core/customization.ts";
import { checkDeclaredType } from "../core/declared-type.ts";
import type { Finding } from "../core/judge.ts";
import { judge } from "../core/judge.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports, SourceFile } from "../core/ports.ts";

interface Look {
  readonly signal: AbortSignal;
  /** Changes the material in the record. */
  readonly write: (apply: (m: Material) => Material) => Promise<unknown>;
}

/** Looks into a file before it is sent, judges it by the table of rules, and writes the findings. */
export async function lookInside(
  ports: Pick<Ports, "media" | "log">,
  c: Customization,
  m: Material,
  source: SourceFile,
  { signal, write }: Look,
): Promise<Finding[]> {
  if (!m.role) return [];
  const inside = await lookOnce(ports, c.id, m, source, { signal, write });
  const declared = checkDeclaredType(source.name, source.mimetype, source.format);
  const findings = [...judge(c.kind, m.role, inside), ...declared];
  await write(({ probing: _ended, ...found }) => ({ ...found, findings }));
  return findings;
}

/** The beginning is written first: a file that kills the process must not kill it again after each restart. */
async function lookOnce(
  ports: Pick<Ports, "media" | "log">,
  id: string,
  m: Material,
  source: SourceFile,
  { signal, write }: Look,
): Promise<MediaInfo> {
  if (m.probing) {
    ports.log.warn("looking into a file: an earlier look never ended", { id, file: m.file.id });
    return { gaveUp: true };
  }
  await write((found) => ({ ...found, probing: true }));
  try {
    return await ports.media.look(source.ranges(signal), source.format);
  } catch (error) {
    await write(({ probing: _ended, ...found }) => found);
    throw error;
  }
}

/**
 * The same bytes, by size and CRC-64, in this request or in an earlier one that failed. The card names what was found, so
 * it looks only where everybody who sees the card may look.
 */
export async function sameFileBefore(
  ports: Pick<Ports, "store">,
  id: string,
  materialId: string,
  stored: { readonly size: number; readonly crc64: string },
): Promise<Material["sameAs"]> {
  const failed = await ports.store.list({ states: ["failed"] });
  const here = await ports.store.get(id);
  const seen = failed.filter(
    (c) => c.conversation.visibility === "public" || c.conversation.channel === here?.conversation.channel,
  );
  for (const c of here ? [here, ...seen] : seen) {
    const same = c.materials.find((o) => o.id !== materialId && o.size === stored.size && o.crc64 === stored.crc64);
    if (same) return { id: c.id, name: same.file.name, state: c.id === id ? same.state : c.state };
  }
  return undefined;
}
