import { ExternalIcon, FileIcon, FilmIcon, PictureIcon, SoundIcon, ZipIcon } from "./icons.tsx";
import { fileSize } from "./measures.ts";
import { usePage } from "./page-context.ts";

/** A file in a message; a stub when it is deleted or hidden. */
interface ShownFile {
  readonly id: string;
  readonly mode: string;
  readonly name: string;
  readonly mimetype: string;
  readonly kind: string;
  readonly size: number;
}

export function FileCards({ files }: { files: readonly Record<string, unknown>[] }) {
  return (
    <div class="files">
      {files.map((file) => (
        <FileCard key={String(file.id)} file={readFile(file)} />
      ))}
    </div>
  );
}

function readFile(file: Readonly<Record<string, unknown>>): ShownFile {
  const said = (name: string): string => (typeof file[name] === "string" ? String(file[name]) : "");
  const [mimetype, size] = [said("mimetype"), file.size];
  return {
    id: said("id"),
    mode: said("mode"),
    name: said("name"),
    mimetype,
    kind: said("pretty_type") || mimetype,
    size: typeof size === "number" ? size : 0,
  };
}

const GONE: Readonly<Record<string, string>> = {
  tombstone: "This file was deleted.",
  hidden_by_limit: "This file is hidden by the limits of the workspace's plan.",
};

function FileCard({ file }: { file: ShownFile }) {
  const gone = GONE[file.mode];
  if (gone) return <p class="file-gone">{gone}</p>;
  const url = `/sandbox/files/${encodeURIComponent(file.id)}`;
  const what = file.mimetype.split("/")[0] ?? "";
  const facts = [file.kind, fileSize(file.size)].filter(Boolean).join(" · ");
  return (
    <figure class={`file file-${what}`}>
      <figcaption>
        <FileKindIcon mimetype={file.mimetype} />
        <span class="file-name" title={file.name}>
          {file.name}
        </span>
        <span class="quiet">{facts}</span>
        <a href={url} target="_blank" rel="noopener noreferrer" aria-label={`Open ${file.name} in a new tab`}>
          <ExternalIcon />
        </a>
      </figcaption>
      <Preview file={file} url={url} what={what} />
    </figure>
  );
}

/** Loads only a video's first frame until it is played. */
function Preview({ file, url, what }: { file: ShownFile; url: string; what: string }) {
  const { play } = usePage();
  if (file.size === 0) return null;
  if (what === "image")
    return (
      <a href={url} target="_blank" rel="noopener noreferrer" class="file-picture">
        <img src={url} alt={file.name} loading="lazy" />
      </a>
    );
  if (what === "video")
    return (
      <button
        type="button"
        class="file-film"
        aria-label={`Play ${file.name}`}
        onClick={() => play({ url, title: file.name, is: "video" })}
      >
        <video src={`${url}#t=0.1`} preload="metadata" muted playsInline tabIndex={-1} />
        <span class="file-film-play" aria-hidden="true" />
      </button>
    );
  if (what === "audio") return <audio src={url} controls preload="none" aria-label={file.name} />;
  return null;
}

export function FileKindIcon({ mimetype }: { mimetype: string }) {
  if (mimetype.startsWith("image/")) return <PictureIcon />;
  if (mimetype.startsWith("video/")) return <FilmIcon />;
  if (mimetype.startsWith("audio/")) return <SoundIcon />;
  return mimetype === "application/zip" ? <ZipIcon /> : <FileIcon />;
}
