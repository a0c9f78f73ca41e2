import type { World } from "../../world.ts";
import type { SwitchName } from "../contract.ts";

interface Switch {
  isOn(world: World): boolean;
  set(world: World, isOn: boolean): void;
}

/** Controls that stay on until they are switched off. */
const SWITCHES: Readonly<Record<SwitchName, Switch>> = {
  "everything-twice": {
    isOn: ({ slack }) => slack.knobs.sendsTwice,
    set({ slack }, isOn) {
      slack.knobs.sendsTwice = isOn;
    },
  },
  "lose-file-messages": {
    isOn: ({ slack }) => slack.knobs.losesFileMessages,
    set({ slack }, isOn) {
      slack.knobs.losesFileMessages = isOn;
    },
  },
  "no-face-detection": {
    isOn: ({ gateway }) => !gateway.hasFaceDetection,
    set({ gateway }, isOn) {
      gateway.hasFaceDetection = !isOn;
    },
  },
  "quota-expired": {
    isOn: ({ gateway }) => gateway.quotaKnobs.isExpired,
    set({ gateway }, isOn) {
      gateway.quotaKnobs.isExpired = isOn;
    },
  },
  "quota-odd": {
    isOn: ({ gateway }) => gateway.quotaKnobs.spelling === "odd",
    set({ gateway }, isOn) {
      gateway.quotaKnobs.spelling = isOn ? "odd" : "usual";
    },
  },
  "ignore-ranges": {
    isOn: ({ slack }) => slack.knobs.ignoresRanges,
    set({ slack }, isOn) {
      slack.knobs.ignoresRanges = isOn;
    },
  },
};

export const SWITCH_NAMES = Object.keys(SWITCHES) as SwitchName[];

export function setSwitch(world: World, name: SwitchName, isOn: boolean): void {
  SWITCHES[name].set(world, isOn);
}

/** Which are on, for `PageState`. */
export function switches(world: World): Record<SwitchName, boolean> {
  return {
    "everything-twice": SWITCHES["everything-twice"].isOn(world),
    "lose-file-messages": SWITCHES["lose-file-messages"].isOn(world),
    "no-face-detection": SWITCHES["no-face-detection"].isOn(world),
    "quota-expired": SWITCHES["quota-expired"].isOn(world),
    "quota-odd": SWITCHES["quota-odd"].isOn(world),
    "ignore-ranges": SWITCHES["ignore-ranges"].isOn(world),
  };
}
