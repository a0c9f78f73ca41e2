import { CloseIcon, FileIcon } from "./icons.tsx";
import { fileSize } from "./measures.ts";
import type { Attachment, Attachments } from "./use-attachments.ts";

export function AttachmentChips({ attachments }: { attachments: Attachments }) {
  if (attachments.files.length === 0) return null;
  return (
    <ul class="chips" aria-label="Files of this message">
      {attachments.files.map((file) => (
        <Chip key={file.key} file={file} onRemove={() => attachments.remove(file.key)} />
      ))}
    </ul>
  );
}

function Chip({ file, onRemove }: { file: Attachment; onRemove: () => void }) {
  const isUnderWay = file.stagedId === undefined && file.trouble === undefined;
  return (
    <li class={file.trouble ? "chip chip-wrong" : "chip"}>
      <FileIcon />
      <span class="chip-name" title={file.name}>
        {file.name}
      </span>
      <span class="quiet">{file.trouble ?? fileSize(file.size)}</span>
      <button type="button" aria-label={`Remove ${file.name}`} onClick={onRemove}>
        <CloseIcon />
      </button>
      {isUnderWay && <progress value={file.share} aria-label={`Sending ${file.name}`} />}
    </li>
  );
}
