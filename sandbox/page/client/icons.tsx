import type { ComponentChildren } from "preact";

/** 20 by 20 units, in the current text colour. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

const drawn = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const PlayIcon = drawn("M6.5 4.5v11l9-5.5z");
export const ExternalIcon = drawn("M11 4h5v5M16 4l-7 7M14 12v4H4V6h4");
export const CloseIcon = drawn("M5 5l10 10M15 5L5 15");
export const SendIcon = drawn("M3.5 10L16.5 4l-3.5 12-3-5zM10 11l6.5-7");
export const ClipIcon = drawn(
  "M15.5 9.5l-5.8 5.8a3.6 3.6 0 0 1-5-5l6.3-6.4a2.4 2.4 0 0 1 3.4 3.4l-6.2 6.3a1.1 1.1 0 0 1-1.6-1.6l5.3-5.4",
);
export const TrayIcon = drawn("M3.5 11.5l2-7h9l2 7M3.5 11.5v4h13v-4M3.5 11.5H7l1.2 2h3.6l1.2-2h3.5");
export const HashIcon = drawn("M8 3.5l-1.6 13M13.6 3.5L12 16.5M3.8 7.4h13M3.2 12.6h13");
export const LockIcon = drawn("M5 9h10v7H5zM7 9V6.5a3 3 0 0 1 6 0V9");
export const HomeIcon = drawn("M3.5 9.5L10 4l6.5 5.5M5.5 8.5V16h9V8.5");
export const ChatIcon = drawn("M3.5 5h13v9h-7l-3.5 3v-3H3.5z");
export const ThreadIcon = drawn("M3.5 4.5h13v8h-7l-3 3v-3h-3zM7 7.5h6M7 10h4");
export const AddIcon = drawn("M10 3.5v8M6.5 8L10 11.5 13.5 8M3.5 13v3.5h13V13");
export const LinkIcon = drawn(
  "M8.5 11.5a3 3 0 0 0 4.3.2l2.5-2.5a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.3-.2L4.7 10.8a3 3 0 0 0 4.2 4.2l1-1",
);
export const ForwardIcon = drawn("M3.5 15c.6-4 3.4-6 7.5-6V5.5L16.5 10 11 14.5V12c-3.4 0-5.6.8-7.5 3z");
export const PulseIcon = drawn("M2.5 10.5h3.5l2-6 3.5 11 2.2-5h3.8");
export const BucketIcon = drawn(
  "M3.5 5.5c0-1.1 2.9-2 6.5-2s6.5.9 6.5 2-2.9 2-6.5 2-6.5-.9-6.5-2zM3.5 5.5l1.7 9.8c.2.8 2.3 1.5 4.8 1.5s4.6-.7 4.8-1.5l1.7-9.8",
);
export const KnobsIcon = drawn(
  "M5.5 3.5v6M5.5 13v3.5M10 3.5V6M10 9.5v7M14.5 3.5v8M14.5 15v1.5M3.8 11.2h3.4M8.3 7.8h3.4M12.8 13.2h3.4",
);
export const SunIcon = drawn(
  "M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1",
);
export const MoonIcon = drawn("M16 11.8A6.5 6.5 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z");
export const MenuIcon = drawn("M3.5 6h13M3.5 10h13M3.5 14h13");
export const DownIcon = drawn("M5 8l5 5 5-5");
export const BackIcon = drawn("M12 5l-5 5 5 5");
export const CheckIcon = drawn("M4.5 10.5l3.5 3.5 7.5-8");
export const WarningIcon = drawn("M10 3.5l7 12.5H3zM10 8.5v3.2M10 13.8v.1");
export const EyeIcon = drawn(
  "M2.5 10s2.8-4.8 7.5-4.8 7.5 4.8 7.5 4.8-2.8 4.8-7.5 4.8S2.5 10 2.5 10zM10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
);
export const FileIcon = drawn("M5 3.5h6.5L15 7v9.5H5zM11.5 3.5V7H15");
export const FilmIcon = drawn("M3.5 5h13v10h-13zM6.5 5v10M13.5 5v10M3.5 8.3h3M3.5 11.7h3M13.5 8.3h3M13.5 11.7h3");
export const SoundIcon = drawn("M3 10h1.5M6 7v6M8.5 4.5v11M11 7.5v5M13.5 5.5v9M16 9v2");
export const PictureIcon = drawn("M3.5 4.5h13v11h-13zM3.5 13l3.8-3.8 3.2 3.2 2.2-2.2 3.8 3.6M12.8 7.6v.1");
export const ZipIcon = drawn("M5 3.5h10v13H5zM10 3.5V5M10 7v1.5M10 10.5v3.2");
export const BotIcon = drawn("M4.5 7.5h11v8h-11zM10 7.5V4.5M8 11v.8M12 11v.8M7.8 13.6h4.4");
export const CloudIcon = drawn("M6 15.5a3.3 3.3 0 0 1-.3-6.6 4.4 4.4 0 0 1 8.5 1 2.8 2.8 0 0 1 0 5.6z");
export const ArrowInIcon = drawn("M16 10H5M9 5.5L4.5 10 9 14.5");
export const ArrowOutIcon = drawn("M4 10h11M11 5.5l4.5 4.5-4.5 4.5");
export const DotsIcon = drawn("M5 10v.1M10 10v.1M15 10v.1");

/** Our logo: a speaking face. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="logo-ground" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color="#2dd4bf" />
          <stop offset="1" stop-color="#6366f1" />
        </linearGradient>
      </defs>
      <rect width="32" height="32" rx="9" fill="url(#logo-ground)" />
      <circle cx="13.5" cy="12" r="5" fill="#fff" />
      <path d="M4.8 26.5c.6-5 4.2-7.7 8.7-7.7s8.1 2.7 8.7 7.7z" fill="#fff" />
      <path
        d="M21.5 8.5c1.900 1.900 1.900 5.100 0 7M24.700 5.800c3.400 3.400 3.400 9 0 12.400"
        fill="none"
        stroke="#fff"
        stroke-width="2"
        stroke-linecap="round"
      />
    </svg>
  );
}
