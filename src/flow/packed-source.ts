import type { Material } from "../core/material-record.ts";
import type { Ports, SourceFile } from "../core/ports.ts";

/** The recording inside a voice package, as a file of its own. */
export function packedSource(
  media: Ports["media"],
  zip: SourceFile,
  { recording }: NonNullable<Material["packed"]>,
): SourceFile {
  const { name, format, size } = recording;
  return {
    id: zip.id,
    name,
    format,
    size,
    open: async (signal) => media.unpack(zip.ranges(signal), recording),
    ranges: zip.ranges,
  };
}
