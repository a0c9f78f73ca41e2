import type { SandboxCos } from "../cos/server.ts";
import { KINDS, type MaterialPlace } from "./kinds.ts";
import type { MakePayload } from "./payload.ts";
import { GatewayRefusal } from "./refusal.ts";

const FILE_STEM = /^[\p{Script=Han}A-Za-z\d_-]{2,50}$/u;
const IDENTITY_VIDEO = { folder: "idcard", extensions: ["mp4"] };
const IDENTITY_LETTER = { folder: "idcard", extensions: ["pdf"] };
const DRIVER_AUDIO = { folder: "audio", extensions: ["wav"] };
const ALPHA_VIDEO = { extensions: ["mp4", "mov"] };

/** Where the gateway looks for materials: the account's bucket. */
export interface Materials {
  readonly cos: Pick<SandboxCos, "head">;
  readonly bucket: string;
}

/**
 * Which files a `make` must name, and that each one is in COS under its right coskey.
 * @throws {GatewayRefusal} 100001 for a missing field, 100002 for a wrong form or a file that is not there
 */
export function checkMaterials(payload: MakePayload, materials: Materials): void {
  const { MakeType, IdentityCosUrl, IdentityWrittenCosUrl, MaterialCosUrl } = payload;
  const { needsIdentity, material } = KINDS[MakeType];
  if (needsIdentity && IdentityCosUrl === undefined && IdentityWrittenCosUrl === undefined) {
    throw new GatewayRefusal(100001, `${MakeType} needs IdentityCosUrl or IdentityWrittenCosUrl`);
  }
  if (material && MaterialCosUrl === undefined) throw new GatewayRefusal(100001, `${MakeType} needs MaterialCosUrl`);

  checkField("IdentityCosUrl", IdentityCosUrl, IDENTITY_VIDEO, materials);
  checkField("IdentityWrittenCosUrl", IdentityWrittenCosUrl, IDENTITY_LETTER, materials);
  if (material) checkField("MaterialCosUrl", MaterialCosUrl, material, materials);
  checkField("VoiceDriverCosFile", payload.VoiceDriverCosFile, DRIVER_AUDIO, materials);
  checkField("AlphaCosUrl", payload.AlphaCosUrl, ALPHA_VIDEO, materials);
}

function checkField(field: string, value: string | undefined, place: MaterialPlace, materials: Materials): void {
  if (value === undefined) return;
  const refuse: Refuse = (why) => {
    throw new GatewayRefusal(100002, `${field} ${JSON.stringify(value)}: ${why}`);
  };
  if (/^https?:/i.test(value)) refuse("is a URL, not /{coskey}");
  if (!/^\/[^/]/.test(value)) refuse("is not one slash and the coskey");
  checkCoskey(value.slice(1), place, materials, refuse);
}

type Refuse = (why: string) => never;

/** Checks that a coskey has the published form and its file exists. */
export function checkCoskey(key: string, place: MaterialPlace, { cos, bucket }: Materials, refuse: Refuse): void {
  const segments = key.split("/");
  if (segments.includes("") || segments.includes("..") || segments.includes("."))
    refuse("has an empty or a dotted segment");

  const file = segments.at(-1) ?? "";
  const [, stem = "", extension = ""] = /^(.*)\.([^.]*)$/.exec(file) ?? [];
  const folder = segments.at(-2);
  if (place.folder !== undefined && folder !== place.folder) refuse(`is not in ${place.folder}/`);
  if (!place.extensions.includes(extension)) refuse(`is not a .${place.extensions.join(" or .")}`);
  if (!FILE_STEM.test(stem))
    refuse("has a file name that is not 2 to 50 of Chinese characters, letters, digits, _ and -");
  if (!cos.head(bucket, key)) refuse("the file does not exist");
}
