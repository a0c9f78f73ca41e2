import type * as tus from "tus-js-client";

declare global {
  interface Window {
    /** From tus.js. */
    readonly tus: typeof tus;
  }
}
