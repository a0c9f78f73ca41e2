import type { MediaInfo, MediaProbe } from "../core/check-ports.ts";
import type { FileFormat } from "../core/material.ts";
import type { FrugalAccess } from "./frugal-access.ts";
import { frugalAccess } from "./frugal-access.ts";
import { boundInstances, lookAtTracks } from "./media-tracks.ts";
import { lookAtPdf } from "./pdf-pages.ts";
import { lookAtWav } from "./wav-header.ts";
import { lookAtZip } from "./zip-directory.ts";

/**
 * Looks into films, sounds, pictures, pdfs and zips, with at most 40 reads and 4 MB of each. What it does not understand is
 * unknown; only what the source of the file throws is thrown.
 */
export function mediaProbe(): MediaProbe {
  boundInstances();
  return {
    async look(file, format) {
      const frugal = frugalAccess(file);
      const inside = await lookAt(frugal, format).catch((): MediaInfo => ({}));
      if (frugal.fault) throw frugal.fault.error;
      return inside;
    },
  };
}

function lookAt(file: FrugalAccess, format: FileFormat): Promise<MediaInfo> {
  switch (format) {
    case "wav":
      return lookAtWav(file);
    case "zip":
      return lookAtZip(file);
    case "pdf":
      return lookAtPdf(file);
    case "other":
      return Promise.resolve({});
    case "mp4":
    case "mov":
    case "mp3":
    case "aac":
    case "m4a":
    case "asf":
    case "png":
    case "jpg":
    case "webp":
      return lookAtTracks(file, format);
  }
}
