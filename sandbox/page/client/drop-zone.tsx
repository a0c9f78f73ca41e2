import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Sample } from "../contract.ts";
import { SAMPLE_TYPE } from "./sample-tray.tsx";
import type { Attachments } from "./use-attachments.ts";

interface DropZoneProps {
  readonly attachments: Attachments;
  /** e.g. `this thread` */
  readonly where: string;
  readonly children: ComponentChildren;
}

/** Accepts files and samples dropped anywhere on a pane. */
export function DropZone({ attachments, where, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const left = (to: number): void => {
    depth.current = to;
    setOver(to > 0);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    left(0);
    const sample = event.dataTransfer?.getData(SAMPLE_TYPE);
    if (sample) attachments.addSample(JSON.parse(sample) as Sample);
    else attachments.add(event.dataTransfer?.files ?? []);
  };
  return (
    <div
      class="drop-zone"
      onDragEnter={(event) => carriesFiles(event) && left(depth.current + 1)}
      onDragLeave={(event) => carriesFiles(event) && left(Math.max(0, depth.current - 1))}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={onDrop}
    >
      {children}
      {isOver && (
        <div class="drop-veil" aria-hidden="true">
          <span>Drop it into {where}</span>
        </div>
      )}
    </div>
  );
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.some((type) => type === "Files" || type === SAMPLE_TYPE) ?? false;
}
