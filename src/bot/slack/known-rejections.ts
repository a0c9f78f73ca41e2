/**
 * Whether an unhandled rejection is one of two of socket-mode 3.1.0 that leave nothing broken; every other is a bug
 * and should end the process. `app_rate_limited` has no inner event, which its message handler trips over; a
 * disconnect while a reconnect is pending rejects with nothing (fixed in 3.1.1 and 3.2.0).
 * @param stopping  whether the sockets are being closed on purpose
 */
export function isHarmlessRejection(reason: unknown, stopping: boolean): boolean {
  if (reason === undefined) return stopping;
  return (
    reason instanceof TypeError &&
    reason.message === "Cannot read properties of undefined (reading 'type')" &&
    (reason.stack ?? "").includes("onWebSocketMessage")
  );
}
