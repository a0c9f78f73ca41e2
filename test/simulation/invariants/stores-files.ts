import type { MaterialRole } from "../../../src/core/kinds.ts";
import { crc64Of } from "../worlds/cos-world.ts";
import type { Invariant } from "./invariant.ts";

/** The vendor's own list. */
const FOLDERS: Readonly<Record<MaterialRole, RegExp>> = {
  "identity-video": /\/idcard\/[\w-]+\.mp4$/,
  "identity-letter": /\/idcard\/[\w-]+\.pdf$/,
  footage: /\/video\/[\w-]+\.(mp4|mov)$/,
  photo: /\/photo\/[\w-]+\.(png|jpg|jpeg|webp)$/,
  "voice-package": /\/audio\/[\w-]+\.zip$/,
  recording: /\/audio\/[\w-]+\.wav$/,
  reading: /\/zeroshot\/[\w-]+\.(wav|mp3|aac|m4a|asf)$/,
};

/** Every accepted file is in COS, byte for byte, under the coskey of its role. */
export const storesFiles: Invariant = {
  name: "stores files",
  async check({ scene }) {
    const { cos, files } = scene.worlds;
    const all = (await scene.records()).flatMap(({ id, materials }) => materials.map((m) => ({ id, m })));
    return all.flatMap(({ id, m }) => {
      if (m.state !== "accepted" && m.state !== "warned") return [];
      const name = `${id} ${m.role} ${m.file.id}`;
      const stored = m.location && cos.objects.get(`${m.location.bucket}/${m.location.key}`);
      if (!stored || !m.role) return [`${name} is not in COS`];
      const bytes = files.bytesOf(m.file.id);
      if (!stored.equals(bytes)) return [`${name}: COS has other bytes`];
      if (m.size !== bytes.length || m.crc64 !== crc64Of(bytes)) return [`${name}: the record says other bytes`];
      return FOLDERS[m.role].test(m.location?.key ?? "") ? [] : [`${name} is under ${m.location?.key}`];
    });
  },
};
