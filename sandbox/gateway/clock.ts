/** A clock with an adjustable speed; a change of speed does not make it jump. */
export class StageClock {
  readonly #wall: () => number;
  #speed = 1;
  #wallThen: number;
  #then: number;

  /** @param wall  milliseconds since 1970 */
  constructor(wall: () => number) {
    this.#wall = wall;
    this.#wallThen = wall();
    this.#then = this.#wallThen;
  }

  /** milliseconds since 1970, by this clock */
  now(): number {
    return this.#then + (this.#wall() - this.#wallThen) * this.#speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** @param factor  0 stands still */
  setSpeed(factor: number): void {
    this.#then = this.now();
    this.#wallThen = this.#wall();
    this.#speed = factor;
  }
}
