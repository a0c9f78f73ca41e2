import type { Customization } from "../../src/core/customization.ts";
import type { FilmShelf, FilmTitle } from "../../src/core/demo-film.ts";
import type { FilmPlace } from "../../src/core/film-record.ts";

/** Slack's side of films: what was uploaded, and where each is shown. Survives the bot's restarts. */
export class FilmsTwin implements FilmShelf {
  readonly uploads: string[] = [];
  readonly shared: { files: readonly string[]; place: FilmPlace; round?: number }[] = [];
  answer: ((url: string) => Awaited<ReturnType<FilmShelf["upload"]>>) | undefined;
  /** Called before a message shows films, and after. */
  onShare: ((when: "before" | "after") => void) | undefined;

  async upload(url: string) {
    this.uploads.push(url);
    return this.answer?.(url) ?? ({ type: "uploaded", file: `F-${this.uploads.length}` } as const);
  }

  async share(_c: Customization, what: FilmTitle, files: readonly string[], place: FilmPlace): Promise<void> {
    this.onShare?.("before");
    this.shared.push({ files, place, ...(what.type === "demo" && { round: what.round }) });
    this.onShare?.("after");
  }

  async isShared(file: string, channel: string): Promise<boolean> {
    return this.shared.some(({ files, place }) => files.includes(file) && place.channel === channel);
  }
}
