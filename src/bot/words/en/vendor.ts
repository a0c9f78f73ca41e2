/** What can be done about a result code. @see tencent-api.md, result codes (vendor page 62081) */
export function vendorAdvice(code: string): string {
  switch (code) {
    case "not-sent":
      return "Nothing reached Tencent Cloud, so nothing was spent. Try again in a few minutes; if it stays so, tell the operator.";
    case "100001":
    case "100003":
      return "It did not accept the request's parameters. Tell the operator.";
    case "100002":
      return "It did not accept one of the values: check the name, the notes and the demo text.";
    case "100005":
      return "The account is not authorised for this. The operator can check the keys and what has been purchased.";
    case "100008":
      return "The purchased quota is used up. Somebody has to buy more before this can go on.";
    case "100014":
      return "The account has no quota for this kind, or it has expired. Somebody has to buy some before this can go on.";
    case "110006":
      return "It knows no such task.";
    default:
      return "Show this to the operator.";
  }
}
