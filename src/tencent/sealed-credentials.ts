import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { parsePathPrefix } from "../core/coskey.ts";
import { Fault } from "../core/fault.ts";
import type { UploadCredentials } from "./upload-credentials.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const sealedSchema = z.object({
  tmpSecretId: z.string(),
  tmpSecretKey: z.string(),
  token: z.string(),
  expiresAt: z.number().optional(),
  pathPrefix: z.string(),
});

/** Credentials as they may lie in the record. */
export interface CredentialSeal {
  seal(credentials: UploadCredentials): string;
  /** @throws {Fault} `credentials-ended` if another access token sealed them */
  open(sealed: string): UploadCredentials;
}

/**
 * Seals credentials with a key made from the access token: whoever has that can ask for credentials anyway, and a copy of
 * the data alone opens nothing.
 */
export function credentialSeal(accessToken: string, secrets: { add(value: string): void }): CredentialSeal {
  const key = Buffer.from(hkdfSync("sha256", accessToken, "", "avatar-bot upload credentials", 32));
  return {
    seal({ prefix: _prefix, ...credentials }) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(credentials), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
    },
    open(sealed) {
      const credentials = sealedSchema.parse(JSON.parse(decrypted(key, Buffer.from(sealed, "base64"))));
      const { tmpSecretId, tmpSecretKey, token, pathPrefix } = credentials;
      for (const secret of [token, tmpSecretId, tmpSecretKey]) secrets.add(secret);
      return { ...credentials, expiresAt: credentials.expiresAt, prefix: parsePathPrefix(pathPrefix) };
    },
  };
}

function decrypted(key: Buffer, sealed: Buffer): string {
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = [decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString("utf8");
  } catch (cause) {
    throw new Fault("credentials-ended", "opening stored credentials: the access token has changed", { cause });
  }
}
