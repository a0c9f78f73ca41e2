import { GatewayRefusal } from "./refusal.ts";

/** Each metric in the gateway's unit: dB, dB, percent, seconds, percent. */
export interface EvaluationPlan {
  readonly snr?: number;
  readonly c50?: number;
  readonly clipping?: number;
  readonly duration?: number;
  readonly wer?: number;
}

export type DetectionCode = 0 | -1 | -2 | -3;

interface Box {
  readonly Left: number;
  readonly Top: number;
  readonly Width: number;
  readonly Height: number;
}

/** Named as the vendor names it: degrees, shares from 0 to 1, pixels. */
export interface SandboxFace {
  readonly Box: Box;
  readonly Rotation: number;
  readonly Score: number;
  readonly AreaRatio: number;
  readonly FaceRadio: number;
  readonly FeatureRadio: number;
  readonly Yaw: number;
  readonly Pitch: number;
  readonly MaxCrop: Box;
  readonly MinCrop: Box;
}

export interface FacesPlan {
  /** one entry a face; empty for a picture without faces */
  readonly faces?: readonly Partial<SandboxFace>[];
  /** derived from the faces when absent */
  readonly passed?: boolean;
  /** the detection fails with this error code */
  readonly code?: number;
}

/** What an inspection finds, in each of the two services; a plan without one applies to the other only. */
export interface RecordingPlan {
  readonly evaluation?: EvaluationPlan;
  readonly detection?: DetectionCode;
  /** Its name in the list of planned faults. */
  readonly called?: string;
}

type Answer = Record<string, unknown>;
type Of = "evaluation" | "detection" | "faces";

/** The states before the end, one for each poll. */
const BEFORE: Readonly<Record<Of, readonly Answer[]>> = {
  evaluation: ["CREATED", "QUEUING", "PROCESSING"].map((TaskState) => ({ TaskState, ErrorMsg: "" })),
  detection: ["PROCESSING", "PROCESSING"].map((TaskState) => ({
    TaskState,
    AudioId: "",
    DetectionCode: 0,
    DetectionMsg: "",
  })),
  faces: ["WAITING", "PROCESSING"].map((TaskState) => ({ TaskState, ErrorCode: 0, ErrorMsg: "" })),
};

interface Inspection {
  readonly of: Of;
  readonly answer: Answer;
  looks: number;
}

/** Every inspection of the account. Each poll advances it. */
export class InspectionStore {
  readonly #recordings: RecordingPlan[] = [];
  readonly #faces: FacesPlan[] = [];
  readonly #statesBefore: number;
  readonly #inspections = new Map<string, Inspection>();
  readonly #passed = new Set<unknown>();

  /** @param statesBefore  most states to report before the end */
  constructor(statesBefore: number) {
    this.#statesBefore = statesBefore;
  }

  planRecording(plan: RecordingPlan): void {
    this.#recordings.push(plan);
  }

  planFaces(plan: FacesPlan): void {
    this.#faces.push(plan);
  }

  takeEvaluation(): EvaluationPlan | undefined {
    return takeFirst(this.#recordings, ({ evaluation }) => evaluation !== undefined)?.evaluation;
  }

  takeDetection(): DetectionCode | undefined {
    return takeFirst(this.#recordings, ({ detection }) => detection !== undefined)?.detection;
  }

  takeFaces(): FacesPlan | undefined {
    return this.#faces.shift();
  }

  forgetRecordings(): void {
    this.#recordings.length = 0;
  }

  /** Cancels everything planned. */
  forgetPlans(): void {
    this.forgetRecordings();
    this.#faces.length = 0;
  }

  /** Planned faults, in words. */
  get waiting(): readonly string[] {
    return [
      ...this.#recordings.map(({ called }) => `the next recording: ${called ?? "as planned"}`),
      ...this.#faces.map(({ faces, code }) => `the next photo: ${facesInWords(faces, code)}`),
    ];
  }

  /** @returns its TaskId, alternately as a string and a number */
  start(of: Of, answer: Answer): string | number {
    const taskId = 880_000_000 + this.#inspections.size + 1;
    this.#inspections.set(String(taskId), { of, answer, looks: 0 });
    return taskId % 2 === 1 ? String(taskId) : taskId;
  }

  /** @throws {GatewayRefusal} 110006 */
  look(of: Of, taskId: string): Answer {
    const inspection = this.#inspections.get(taskId);
    if (inspection?.of !== of) throw new GatewayRefusal(110006, taskId);
    const before = BEFORE[of].slice(0, this.#statesBefore)[inspection.looks];
    inspection.looks += 1;
    if (before) return before;
    if (inspection.answer.AudioId) this.#passed.add(inspection.answer.AudioId);
    return inspection.answer;
  }

  /** Whether a passed inspection returned this AudioId. */
  hasPassed(audioId: string): boolean {
    return this.#passed.has(audioId);
  }
}

function takeFirst<T>(planned: T[], isMeant: (plan: T) => boolean): T | undefined {
  const index = planned.findIndex(isMeant);
  return index < 0 ? undefined : planned.splice(index, 1)[0];
}

function facesInWords(faces: FacesPlan["faces"], code: number | undefined): string {
  if (code !== undefined) return `error ${code}`;
  const [face] = faces ?? [];
  if (faces?.length === 1 && face?.Yaw !== undefined) return `a face turned by ${face.Yaw}°`;
  return faces === undefined ? "as planned" : `${faces.length} faces`;
}
