import type { World } from "../../world.ts";
import type { SwitchName } from "../contract.ts";

interface Switch {
  isOn(world: World): boolean;
  set(world: World, isOn: boolean): void;
}

/** Controls that stay on until they are switched off. */
const SWITCHES: Readonly<Record<SwitchName, Switch>> = {
  "everything-twice": {
    isOn: ({ slack }) => slack.sendsTwice,
    set({ slack }, isOn) {
      slack.sendsTwice = isOn;
    },
  },
  "no-face-detection": {
    isOn: ({ gateway }) => !gateway.hasFaceDetection,
    set({ gateway }, isOn) {
      gateway.hasFaceDetection = !isOn;
    },
  },
  "ignore-ranges": {
    isOn: ({ slack }) => slack.ignoresRanges,
    set({ slack }, isOn) {
      slack.ignoresRanges = isOn;
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
    "no-face-detection": SWITCHES["no-face-detection"].isOn(world),
    "ignore-ranges": SWITCHES["ignore-ranges"].isOn(world),
  };
}
