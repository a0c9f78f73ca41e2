import type { Activity, ControlAsk, PageState, Sample } from "../contract.ts";

export type Answer = Readonly<Record<string, unknown>>;

/** @throws {Error} in the words of the sandbox's Slack, e.g. `operation_timeout: …` */
export function actAs(personId: string, action: string, body: object): Promise<Answer> {
  return post(`/sandbox/people/${encodeURIComponent(personId)}/${action}`, body);
}

export async function turnKnob<N extends keyof ControlAsk>(name: N, ask: ControlAsk[N]): Promise<void> {
  await post(`/sandbox/controls/${name}`, ask);
}

export async function listSamples(): Promise<readonly Sample[]> {
  const response = await fetch("/sandbox/samples");
  if (!response.ok) throw new Error(`listing the sample files: ${response.status}`);
  return response.json();
}

/** @returns the id to pass to `upload` */
export async function stageSample(name: string): Promise<string> {
  return stagedId(await post(`/sandbox/samples?name=${encodeURIComponent(name)}`, {}));
}

/** Uploads a file by XMLHttpRequest, because fetch reports no progress. @param onShare from 0 to 1 */
export function stageFile(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/sandbox/files?name=${encodeURIComponent(file.name)}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => onShare(total > 0 ? loaded / total : 1));
    request.addEventListener("load", () => {
      try {
        resolve(stagedId(settled(request.status, request.responseText)));
      } catch (fault) {
        reject(fault);
      }
    });
    request.addEventListener("error", () => reject(new Error("the sandbox cannot be reached")));
    request.addEventListener("abort", () => reject(new Error("taken back")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

async function post(path: string, body: object): Promise<Answer> {
  const response = await reached(
    fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  );
  return settled(response.status, await response.text());
}

async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Error("the sandbox cannot be reached: is it still running?", { cause });
  }
}

function settled(status: number, text: string): Answer {
  const answer = parsed(text);
  if (status < 400 && answer.ok !== false) return answer;
  const { error } = answer;
  throw new Error(typeof error === "string" ? error : `the sandbox answered ${status}`);
}

function parsed(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer) : {};
  } catch {
    return {};
  }
}

function stagedId({ id }: Answer): string {
  if (typeof id === "string") return id;
  throw new Error("the sandbox gave the file no id");
}

export interface Listener {
  readonly onState: (state: PageState) => void;
  readonly onActivity: (news: readonly Activity[]) => void;
  readonly onTrouble: (sentence: string) => void;
  readonly onLink: (isOpen: boolean) => void;
}

/** Delay before reconnecting a refused stream. */
const AGAIN_MS = 1_000;

/** Follows the change stream, also across restarts of the sandbox. @returns ends it */
export function follow({ onState, onActivity, onTrouble, onLink }: Listener): () => void {
  const link: { stream?: EventSource; again?: ReturnType<typeof setTimeout> } = {};
  const open = (): void => {
    const stream = new EventSource("/sandbox/changes");
    link.stream = stream;
    const heed = (name: string, take: (value: never) => void): void =>
      stream.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data) as never));
    heed("state", onState);
    heed("activity", onActivity);
    heed("trouble", onTrouble);
    stream.addEventListener("open", () => onLink(true));
    stream.addEventListener("error", () => {
      onLink(false);
      // The browser reopens a broken stream but not a refused one, and a starting sandbox refuses.
      if (stream.readyState === EventSource.CLOSED) link.again = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(link.again);
    link.stream?.close();
  };
}
