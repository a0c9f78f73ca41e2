import type { Broadcast, LineProgress } from "../../src/core/spoken-line.ts";
import type { MakeAnswer } from "../../src/core/vendor-answer.ts";

/** The vendor's broadcasts: what was ordered, and what it answers. Survives the bot's restarts. */
export class BroadcastTwin implements Broadcast {
  readonly ordered: { what: "sound" | "film"; key: string; text: string; claim: string }[] = [];
  answer: (() => MakeAnswer) | undefined;
  report: LineProgress = { type: "made", url: "https://media.example.com/line.mp3?sign=1" };

  speak: Broadcast["speak"] = async (ask) => this.#order("sound", ask);
  film: Broadcast["film"] = async (ask) => this.#order("film", ask);
  progress = async (): Promise<LineProgress> => this.report;

  #order(what: "sound" | "film", ask: Parameters<Broadcast["speak"]>[0]): MakeAnswer {
    this.ordered.push({ what, ...ask });
    return this.answer?.() ?? { type: "created", taskId: `line-${this.ordered.length}` };
  }
}
