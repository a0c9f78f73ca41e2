import { z } from "zod";
import { MAKE_TYPES } from "./kinds.ts";
import { GatewayRefusal } from "./refusal.ts";

/** Text of so many UTF-16 units, the strictest way to count what the vendor calls characters; zod counts code points. */
const units = (least: number, most: number) =>
  z.string().refine((text) => text.length >= least && text.length <= most, `${least} to ${most} characters`);

const NAME = /^[\p{Script=Han}A-Za-z\d_-]{2,50}$/u;

export const NoPayload = z.strictObject({});

const Language = z.enum(["chi", "eng", "can"]);
export type Language = z.infer<typeof Language>;

export const MakePayload = z.strictObject({
  AnchorName: z.string().regex(NAME, "2 to 50 of Chinese characters, letters, digits, _ and -"),
  MakeType: z.enum(MAKE_TYPES),
  IdentityCosUrl: z.string().optional(),
  IdentityWrittenCosUrl: z.string().optional(),
  MaterialCosUrl: z.string().optional(),
  SexType: z.enum(["MALE", "FEMALE"]),
  Notes: units(0, 100).optional(),
  TextDriver: units(4, 1000).optional(),
  VoiceDriverCosFile: z.string().optional(),
  AudioId: z.string().min(1).optional(),
  TimbreInfo: z
    .strictObject({
      TimbreCode: z.string().min(1),
      Speed: z
        .string()
        .refine((speed) => Number(speed) >= 0.5 && Number(speed) <= 1.5, `"0.5" to "1.5"`)
        .optional(),
      IsWithTimbre: z.boolean().optional(),
    })
    .optional(),
  IsHaveBackground: z.boolean().optional(),
  RemoveBackground: z.literal([1, 2]).optional(),
  AlphaCosUrl: z.string().optional(),
  ZeroshortLang: Language.optional(),
  PhotoVersion: z.literal([0, 1]).optional(),
});
export type MakePayload = z.infer<typeof MakePayload>;

/** Shared by every call that names a task. */
export const ProgressPayload = z.strictObject({ TaskId: z.string().min(1) });

export const ConfirmPayload = z.strictObject({
  TaskId: z.string().min(1),
  Operate: z.enum(["AGREE", "REJECT"]),
  Reason: units(0, 300).optional(),
});

export const TextPayload = z.strictObject({ Language: Language.optional() });

export const EvaluationPayload = z.strictObject({
  AudioUrl: z.string(),
  ReferenceText: z.string().min(1).optional(),
  Language: Language.optional(),
});

export const DetectionPayload = z.strictObject({
  AudioUrl: z.string(),
  TextId: z.string().min(1).optional(),
  ReferenceText: z.string().min(1).optional(),
  Language: Language.optional(),
});

export const FacePayload = z.strictObject({
  RequestId: z.string().min(1),
  ImageUrl: z.string(),
  CheckerVersion: z.literal([1, 2]).default(1),
});

/** @throws {GatewayRefusal} 100001 for a missing, unknown or wrongly typed field, 100002 for a value out of its rule */
export function parsePayload<T>(schema: z.ZodType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues;
  const shape = issues.find(isAboutShape);
  const told = shape ?? issues[0];
  throw new GatewayRefusal(shape ? 100001 : 100002, `${told?.path.join(".") || "Payload"}: ${told?.message ?? ""}`);
}

function isAboutShape(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "unrecognized_keys" || issue.code === "invalid_type") return true;
  return issue.code === "invalid_value" && typeof issue.input !== typeof issue.values[0];
}
