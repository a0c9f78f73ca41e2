export const RATES: readonly number[] = [0.5, 1, 2, 4];

/** The whole story, acted out on the page. */
export interface Story {
  /** What happens now; undefined while nothing is played. */
  readonly caption: string | undefined;
  readonly rate: number;
  readonly setRate: (rate: number) => void;
  readonly begin: () => void;
  readonly stop: () => void;
  /** Where the cursor is drawn. */
  readonly cursor: preact.RefObject<HTMLDivElement | null>;
}
