export interface Options {
  /** Small and once: shows that it works, not how fast. */
  readonly quick: boolean;
}
