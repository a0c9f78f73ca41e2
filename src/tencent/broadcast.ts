import { z } from "zod";
import type { Broadcast, LineProgress } from "../core/spoken-line.ts";
import type { MakeAnswer } from "../core/vendor-answer.ts";
import { startedSchema } from "./answer-fields.ts";
import type { Gateway } from "./gateway.ts";
import { meaningOf } from "./studio.ts";

const SERVICE = "/v2/ivh/videomaker/broadcastservice";
const NORMAL_SPEED = 1;

/** Finished voices and avatars say something. @see docs/tencent-api.md §10 (vendor pages 62086, 62087, 81267, 81270) */
export function accountBroadcast(gateway: Gateway): Broadcast {
  async function order(operation: string, payload: object, claim: string): Promise<MakeAnswer> {
    try {
      const { payload: started } = await gateway.call({
        path: `${SERVICE}/${operation}`,
        payload,
        answer: startedSchema,
        kind: "write",
        claim,
      });
      return { type: "created", taskId: started.TaskId };
    } catch (error) {
      return meaningOf(error);
    }
  }

  return {
    speak: ({ key, text, claim }) =>
      order("tts", { TimbreKey: key, InputSsml: ssmlOf(text), Speed: NORMAL_SPEED, Codec: "mp3" }, claim),
    film: ({ key, text, claim }) =>
      order(
        "videomake",
        {
          VirtualmanKey: key,
          InputSsml: ssmlOf(text),
          SpeechParam: { Speed: NORMAL_SPEED },
          VideoParam: { Format: "GreenScreenMp4" },
        },
        claim,
      ),
    async progress(task) {
      const { payload } = await gateway.call({
        path: `${SERVICE}/getprogress`,
        payload: { TaskId: task },
        answer: progressSchema,
        kind: "read",
        waits: "nobody",
      });
      return readProgress(payload);
    },
  };
}

/** Text without marks: what people type must not become one. */
function ssmlOf(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

const word = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(undefined);
const progressSchema = z.object({ Status: z.string(), MediaUrl: word, FailCode: word, FailMessage: word });

/** An unknown status means that it is being made. */
function readProgress({ Status, MediaUrl, FailCode, FailMessage }: z.infer<typeof progressSchema>): LineProgress {
  if (Status === "FAIL") return { type: "failed", code: FailCode ?? "", said: FailMessage ?? "" };
  if (Status !== "SUCCESS") return { type: "running" };
  return MediaUrl
    ? { type: "made", url: MediaUrl }
    : { type: "failed", code: "", said: "it was made, but no link came" };
}
