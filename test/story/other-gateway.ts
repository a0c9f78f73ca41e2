import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import { z } from "zod";
import type { SandboxCos } from "../../sandbox/cos/server.ts";
import { listenHere } from "../fixtures/loopback.ts";

const callSchema = z.object({
  Header: z.record(z.string(), z.unknown()),
  Payload: z.looseObject({ TaskId: z.string().optional(), MakeType: z.string().optional() }),
});

/** How far each kind of answer has come; the last one of a list stays. */
const STAGES: readonly object[] = [
  { Status: "MAKING" },
  { Status: "MAKING", StageV2: "A_NEW_STAGE", StatusV2: "ODD", AssetList: null },
  { Status: "MAKING", StageV2: "TRAIN", StatusV2: "PROCESSING", StageInfo: "" },
];
const DEMO = { Status: "MAKING", StageV2: "CONFIRM", StatusV2: "WAIT_PROCESS" };
const RANGES = { Snr: { Value: "41.2", QualifiedRange: ["30", "100"] }, C50: { Value: 44, QualifiedRange: [30] } };

interface Task {
  readonly kind: string;
  looks: number;
  agreed: boolean;
}

/**
 * A gateway that shares no line with the sandbox's and says as little as the documents allow: no RequestID, numbers as
 * text, text as numbers, ids longer than a double holds, stages that are new, no face detection.
 */
export async function otherGateway(cos: () => SandboxCos): Promise<{ url: string; close(): void }> {
  const tasks = new Map<string, Task>();
  const state = { prefixes: 0 };
  const taskOf = (id = ""): Task => tasks.get(id) ?? { kind: "", looks: 0, agreed: false };

  function begin(kind: string): object {
    const id = String(9_007_199_254_740_993n + 2n * BigInt(tasks.size));
    tasks.set(id, { kind, looks: 0, agreed: false });
    return { TaskId: `@${id}@` };
  }

  function progress(task: Task): object {
    task.looks += 1;
    const stage = STAGES[task.looks - 1];
    if (stage) return stage;
    const needsDecision = task.kind !== "IMAGE_PHOTO" && !task.agreed;
    const told = { TrainResult: [`https://demo.example.com/1.mp4?sign=${task.looks}`] };
    if (needsDecision) return { ...DEMO, StageInfo: JSON.stringify(JSON.stringify(told)) };
    return {
      Status: "SUCCESS",
      AssetList: [task.kind.endsWith("VOICE") ? { TimbreKey: 42 } : { VirtualmanKey: "vk" }],
    };
  }

  const answers: Readonly<Record<string, (payload: z.infer<typeof callSchema>["Payload"]) => object | undefined>> = {
    getuploadcredentials() {
      state.prefixes += 1;
      const place = { bucket: "ivh-1250000000", region: "accelerate", prefix: `customer-pipline/7/${state.prefixes}/` };
      const { Token, TmpSecretId, TmpSecretKey, ExpiredTime } = cos().issueCredential({ ...place, seconds: 7200 });
      const Credentials = { Token, TmpSecretId, TmpSecretKey };
      const PathPrefix = `${place.bucket}.accelerate.myqcloud.com/${place.prefix.slice(0, -1)}`;
      return { Credentials, ExpiredTime: String(ExpiredTime), PathPrefix };
    },
    make: ({ MakeType }) => begin(MakeType ?? ""),
    getprogress: ({ TaskId }) => progress(taskOf(TaskId)),
    customerconfirm({ TaskId }) {
      taskOf(TaskId).agreed = true;
      return undefined;
    },
    audioevaluation: () => begin("check"),
    getaudioevaluationstate: () => ({ TaskState: "SUCCESS", Result: RANGES }),
    gettext: () => ({ Texts: [{ TextId: 7, Text: "Read this aloud." }] }),
    detectaudioquality: () => begin("check"),
    getdetectprogress: () => ({ TaskState: "SUCCESS", AudioId: 12_345, DetectionCode: "0" }),
  };

  const server = createServer(async (request, response) => {
    const { Payload } = callSchema.parse(JSON.parse(await textOf(request)));
    const operation = new URL(request.url ?? "", "http://gateway").pathname.split("/").at(-1) ?? "";
    const answer = answers[operation];
    const payload = answer?.(Payload);
    const told = answer
      ? { Header: { Code: "0" }, ...(payload && { Payload: payload }) }
      : { Header: { Code: 404_001 } };
    response.end(JSON.stringify(told).replace(/"@(\d+)@"/g, "$1"));
  });
  return {
    url: await listenHere(server),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
