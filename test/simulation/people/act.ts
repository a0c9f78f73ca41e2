import type { Scene } from "./scene.ts";

export interface Act {
  readonly name: string;
  /** How likely it is tried each time that people look. */
  readonly likely: number;
  /** Harms somebody's work, so nobody does it once things are calm. */
  readonly isMischief?: true;
  /** Looks, and acts if there is something to do. */
  readonly act: (scene: Scene) => Promise<void>;
}
