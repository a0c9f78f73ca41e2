const BROKE_OFF = "连接中断";
const NOT_REACHED = "无法连接";
const TOO_SLOW = "未及时收到响应";

/** System error codes in plain words; the codes themselves are for the log and the history. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ["ECONNRESET", BROKE_OFF],
  ["ECONNABORTED", BROKE_OFF],
  ["EPIPE", BROKE_OFF],
  ["ERR_STREAM_PREMATURE_CLOSE", BROKE_OFF],
  ["ECONNREFUSED", NOT_REACHED],
  ["ENOTFOUND", NOT_REACHED],
  ["EAI_AGAIN", NOT_REACHED],
  ["EHOSTUNREACH", NOT_REACHED],
  ["ENETUNREACH", NOT_REACHED],
  ["ETIMEDOUT", TOO_SLOW],
]);

/** Why a call had no clear answer, in plain words; what has none is quoted as it is. */
export function plainly(because: string): string {
  const code = because.match(/\b[A-Z][A-Z_]+\b/g)?.find((word) => PLAIN.has(word));
  return PLAIN.get(code ?? "") ?? `“${because.replace(/^calling \w+: /, "")}”`;
}
