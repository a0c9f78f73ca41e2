import type { Account, GatewayOperation } from "./account.ts";
import type { FacesPlan, SandboxFace } from "./inspections.ts";
import { PHOTO } from "./kinds.ts";
import { type Picture, readPicture } from "./media.ts";
import { objectBytes } from "./object-bytes.ts";
import { objectOf } from "./object-url.ts";
import { FacePayload, ProgressPayload, parsePayload } from "./payload.ts";

const ANY_PICTURE = { width: 1080, height: 1440 };

/** The sandbox's limits; the vendor's are not published. */
const MOST_TURNED_DEGREES = 30;
const MOST_COVERED = 0.3;
const SMALLEST_AREA = 0.02;

/** Made up: the vendor's list of these codes is not published. */
const DECODE_FAILED = { code: 1001, said: "image decode failed" };
const SAID_OF_A_PLANNED_CODE = "face detect failed";

export const faceOperations: ReadonlyMap<string, GatewayOperation> = new Map<string, GatewayOperation>([
  ["/v2/ivh/facedetectserver/facedetectservice/facedetect", faceDetect],
  ["/v2/ivh/facedetectserver/facedetectservice/getfacedetectstate", getFaceDetectState],
]);

function getFaceDetectState({ inspections }: Account, payload: unknown): Record<string, unknown> {
  const { TaskId } = parsePayload(ProgressPayload, payload);
  return { TaskId, ...inspections.look("faces", TaskId) };
}

async function faceDetect(account: Account, payload: unknown): Promise<Record<string, unknown>> {
  const { ImageUrl, CheckerVersion } = parsePayload(FacePayload, payload);
  const key = objectOf("ImageUrl", ImageUrl, PHOTO, account);
  const plan = account.inspections.takeFaces();
  const picture = await readPicture(objectBytes(account.cos, account.bucket, key));
  return { TaskId: account.inspections.start("faces", verdict(picture, plan, CheckerVersion)) };
}

function verdict(picture: Picture | undefined, plan: FacesPlan | undefined, version: 1 | 2): Record<string, unknown> {
  if (plan?.code) return failed(plan.code, SAID_OF_A_PLANNED_CODE);
  if (!picture && !plan) return failed(DECODE_FAILED.code, DECODE_FAILED.said);
  const good = goodFace(picture ?? ANY_PICTURE);
  const faces = (plan?.faces ?? [{}]).map((planned): SandboxFace => ({ ...good, ...planned }));
  return {
    TaskState: "SUCCESS",
    ErrorCode: 0,
    ErrorMsg: "",
    IsPassDetect: plan?.passed ?? isGood(faces),
    Faces: version === 2 ? faces : faces.map(({ Box, Rotation }) => ({ Box, Rotation })),
  };
}

function failed(ErrorCode: number, ErrorMsg: string): Record<string, unknown> {
  return { TaskState: "FAILED", ErrorCode, ErrorMsg };
}

function isGood(faces: readonly SandboxFace[]): boolean {
  const [face] = faces;
  return (
    face !== undefined &&
    faces.length === 1 &&
    Math.max(Math.abs(face.Yaw), Math.abs(face.Pitch)) <= MOST_TURNED_DEGREES &&
    Math.max(face.FaceRadio, face.FeatureRadio) <= MOST_COVERED &&
    face.AreaRatio >= SMALLEST_AREA
  );
}

/** A face in the middle, a third of the picture wide; the largest square around it is the widest crop. */
function goodFace({ width, height }: Picture): SandboxFace {
  const side = Math.min(width, height);
  const centred = (share: number) => {
    const Width = Math.round(side * share);
    return { Left: Math.round((width - Width) / 2), Top: Math.round((height - Width) / 2), Width, Height: Width };
  };
  const Box = centred(1 / 3);
  return {
    Box,
    Rotation: 0.5,
    Score: 0.99,
    AreaRatio: Math.round(((Box.Width * Box.Height) / (width * height)) * 10_000) / 10_000,
    FaceRadio: 0.01,
    FeatureRadio: 0.02,
    Yaw: 3.25,
    Pitch: -4.5,
    MaxCrop: centred(1),
    MinCrop: centred(1 / 2),
  };
}
