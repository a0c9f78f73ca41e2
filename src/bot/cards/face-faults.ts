import type { Check } from "../../core/material-record.ts";
import type { Crop, FaceFault } from "../words/check-words.ts";

type Face = NonNullable<Check["faces"]>[number];

/** Thresholds for mentioning something. They are ours: the vendor publishes none, and its verdict decides. */
const WORTH = { degrees: 15, smallShare: 0.1, covered: 0.1 };

/** What is probably wrong with a photo that failed face detection. */
export function faceFaults({ faces }: Pick<Check, "faces">): FaceFault[] {
  const [face, ...others] = faces ?? [];
  if (!face) return faces ? [{ type: "no-face" }] : [];
  if (others.length > 0) return [{ type: "several", count: others.length + 1 }];
  const { yaw = 0, pitch = 0, areaRatio = 1, faceCovered = 0, featuresCovered = 0 } = face;
  const found: (FaceFault | false)[] = [
    Math.abs(yaw) >= WORTH.degrees && { type: "turned", degrees: yaw },
    Math.abs(pitch) >= WORTH.degrees && { type: "tilted", degrees: pitch },
    areaRatio < WORTH.smallShare && { type: "small", share: areaRatio },
    faceCovered >= WORTH.covered && { type: "covered", share: faceCovered },
    featuresCovered >= WORTH.covered && { type: "features-covered", share: featuresCovered },
  ];
  return found.filter((fault) => fault !== false);
}

/** The crop that the vendor advises: a largest and a smallest one. */
export function advisedCrop({ faces }: Pick<Check, "faces">): { largest?: Crop; smallest?: Crop } {
  const [face] = faces ?? [];
  const [largest, smallest] = [cropOf(face?.maxCrop), cropOf(face?.minCrop)];
  return { ...(largest && { largest }), ...(smallest && { smallest }) };
}

function cropOf(box: Face["maxCrop"]): Crop | undefined {
  const [left, top, right, bottom] = box ?? [];
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return undefined;
  return right > left && bottom > top ? { left, top, right, bottom } : undefined;
}
