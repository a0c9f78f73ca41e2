const LOWEST = 20;
const HIGHEST = 80;

/** The upper edge of the dock: drag it, or move it with the arrow keys. @param height in hundredths of the window */
export function DockEdge({ height, onHeight }: { height: number; onHeight: (height: number) => void }) {
  const set = (next: number): void => onHeight(Math.round(Math.min(HIGHEST, Math.max(LOWEST, next))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged
    <div
      class="dock-edge"
      role="separator"
      tabIndex={0}
      aria-label="Height of what is behind the scenes"
      aria-orientation="horizontal"
      aria-valuemin={LOWEST}
      aria-valuemax={HIGHEST}
      aria-valuenow={height}
      onKeyDown={(event) => {
        const step = { ArrowUp: 4, ArrowDown: -4 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(height + step);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={({ currentTarget, pointerId, clientY }) => {
        if (currentTarget.hasPointerCapture(pointerId)) set(100 - (clientY / innerHeight) * 100);
      }}
    />
  );
}
