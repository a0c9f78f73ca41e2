import { useRef, useState } from "preact/hooks";
import type { Sample } from "../contract.ts";
import { wordsOf } from "./page-context.ts";
import { stageFile, stageSample } from "./server-link.ts";

/** A file on its way into a message. */
export interface Attachment {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** 0 to 1 */
  readonly share: number;
  readonly stagedId?: string;
  readonly trouble?: string;
}

export interface Attachments {
  readonly files: readonly Attachment[];
  readonly add: (files: Iterable<File>) => void;
  readonly addSample: (sample: Sample) => void;
  readonly remove: (key: number) => void;
  readonly clear: () => void;
}

/** Files upload when dropped, and are posted with the message. */
export function useAttachments(): Attachments {
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const nextKey = useRef(1);

  const change = (key: number, to: Partial<Attachment>): void =>
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...to } : file)));

  const begin = (name: string, size: number, send: (key: number, signal: AbortSignal) => Promise<string>): void => {
    const key = nextKey.current++;
    const stop = new AbortController();
    running.current.set(key, stop);
    setFiles((before) => [...before, { key, name, size, share: 0 }]);
    send(key, stop.signal)
      .then((stagedId) => change(key, { stagedId, share: 1 }))
      .catch((fault: unknown) => change(key, { trouble: wordsOf(fault) }))
      .finally(() => running.current.delete(key));
  };

  return {
    files,
    add(added) {
      for (const file of added)
        begin(file.name, file.size, (key, signal) => stageFile(file, (share) => change(key, { share }), signal));
    },
    addSample({ name, size }) {
      begin(name, size, () => stageSample(name));
    },
    remove(key) {
      running.current.get(key)?.abort();
      setFiles((before) => before.filter((file) => file.key !== key));
    },
    clear() {
      setFiles([]);
    },
  };
}
