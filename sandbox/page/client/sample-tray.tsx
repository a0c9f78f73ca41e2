import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Sample } from "../contract.ts";
import { FileKindIcon } from "./file-card.tsx";
import { TrayIcon } from "./icons.tsx";
import { fileSize } from "./measures.ts";
import { wordsOf } from "./page-context.ts";
import { listSamples } from "./server-link.ts";
import type { Attachments } from "./use-attachments.ts";

const GROUPS: Readonly<Record<Sample["group"], string>> = {
  good: "They keep the limits",
  broken: "They break a limit, each in one way",
  faulty: "They keep the limits, and the vendor's inspection finds fault with them",
};

/** The drag type of a sample, to tell it from a file. */
export const SAMPLE_TYPE = "application/x-sandbox-sample";

/** Sample files, to attach by a click or drag into a channel or thread. */
export function SampleTray({ attachments }: { attachments: Attachments }) {
  const [isOpen, setOpen] = useState(false);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [trouble, setTrouble] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const tray = useRef<HTMLDivElement>(null);
  const trayId = useId();
  useEffect(() => {
    if (!isOpen) return;
    listSamples()
      .then(setSamples)
      .catch((fault: unknown) => setTrouble(wordsOf(fault)));
    const away = ({ target }: Event): void => {
      const isInside = target instanceof Node && (tray.current?.contains(target) || button.current?.contains(target));
      if (!isInside) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [isOpen]);
  useEffect(() => {
    if (isOpen && samples.length > 0) tray.current?.querySelector("button")?.focus();
  }, [isOpen, samples.length]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tool-button"
        aria-expanded={isOpen}
        aria-controls={trayId}
        onClick={() => setOpen(!isOpen)}
      >
        <TrayIcon /> Sample files
      </button>
      {isOpen && (
        <div
          ref={tray}
          id={trayId}
          class="popover tray"
          role="dialog"
          aria-label="Sample files"
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            close();
          }}
        >
          <p class="tray-note">Click to attach, or drag into the thread. Nobody's face or voice is in them.</p>
          {trouble && <p class="trouble">{trouble}</p>}
          {(["good", "broken", "faulty"] as const).map((group) => (
            <section key={group} aria-label={GROUPS[group]}>
              <h3>{GROUPS[group]}</h3>
              <ul>
                {samples
                  .filter((sample) => sample.group === group)
                  .map((sample) => (
                    <li key={sample.name}>
                      <SampleButton sample={sample} onPick={() => attachments.addSample(sample)} />
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
}

function SampleButton({ sample, onPick }: { sample: Sample; onPick: () => void }) {
  return (
    <button
      type="button"
      class="sample"
      draggable
      onClick={onPick}
      onDragStart={({ dataTransfer }) => dataTransfer?.setData(SAMPLE_TYPE, JSON.stringify(sample))}
    >
      <FileKindIcon mimetype={guessed(sample.name)} />
      <span class="sample-name">{sample.name}</span>
      <span class="quiet sample-size">{fileSize(sample.size)}</span>
      <span class="quiet sample-what">{sample.what}</span>
    </button>
  );
}

function guessed(name: string): string {
  if (/\.(?:mp4|mov)$/.test(name)) return "video/mp4";
  if (/\.(?:wav|mp3|m4a)$/.test(name)) return "audio/wav";
  if (/\.(?:png|jpg|webp|gif)$/.test(name)) return "image/png";
  return name.endsWith(".zip") ? "application/zip" : "";
}
