import type { Language } from "./payload.ts";

interface ReadingText {
  readonly TextId: string;
  readonly Text: string;
}

/** The texts to read aloud for an ultra-fast voice. */
export const READING_TEXTS: Readonly<Record<Language, readonly ReadingText[]>> = {
  chi: [
    {
      TextId: "5c1f0a52-3d0e-4b7a-9d5e-0a4f6c2b7e11",
      Text: "清晨的港口比小镇醒得更早，第一批渔船还亮着灯，海鸥已经围着渔网吵了起来，街角的面包房也把门打开了",
    },
    {
      TextId: "5c1f0a52-3d0e-4b7a-9d5e-0a4f6c2b7e12",
      Text: "这条路一边是山，一边是湖，走到第三座桥的时候，就能看见那棵两百年的银杏树",
    },
  ],
  eng: [
    {
      TextId: "7e2b1c63-4e1f-4c8b-8e6f-1b507d3c8f21",
      Text: "Every morning the harbour wakes before the town does. The first boats come in with their lamps still lit, the gulls begin to quarrel over the nets, and someone in the bakery on the corner props the door open.",
    },
    {
      TextId: "7e2b1c63-4e1f-4c8b-8e6f-1b507d3c8f22",
      Text: "The road runs between the hill and the lake, and from the third bridge you can see the old tree that has stood there for two hundred years.",
    },
  ],
  can: [
    {
      TextId: "9f3c2d74-5f20-4d9c-9f70-2c618e4d9031",
      Text: "朝早嘅碼頭醒得早過成個鎮，第一批漁船仲着住燈，海鷗已經圍住啲漁網嘈喧巴閉，街角間餅舖都開咗門",
    },
  ],
};
