import { createCipheriv, createHash } from "node:crypto";

/** What fills up a password, as the standard has it. */
const PADDING = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");
const KEY_BYTES = { least: 5, most: 16 };

/**
 * Whether anybody can open an encrypted pdf, i.e. whether its user password is empty.
 * @param dictionary  the text of the encryption dictionary, one character a byte
 * @param id          the first of the file's two ids
 * @returns           undefined where the handler is not the standard one, or something is missing
 * @see ISO 32000-2, 7.6.4
 */
export function opensWithoutPassword(dictionary: string, id: Buffer | undefined): boolean | undefined {
  const revision = numberOf(dictionary, "R");
  const user = stringOf(dictionary, "U");
  if (!/\/Filter\s*\/Standard\b/.test(dictionary) || revision === undefined || !user) return undefined;
  if (revision === 5 || revision === 6) {
    const salt = user.subarray(32, 40);
    return user.length >= 48 && (revision === 5 ? sha(256, salt) : hardenedHash(salt)).equals(user.subarray(0, 32));
  }
  const key = revision >= 2 && revision <= 4 ? emptyPasswordKey(dictionary, revision, id) : undefined;
  if (!key || !id) return undefined;
  if (revision === 2) return rc4(key, PADDING).equals(user.subarray(0, 32));
  let digest = md5(PADDING, id);
  for (let round = 0; round < 20; round += 1)
    digest = rc4(
      key.map((byte) => byte ^ round),
      digest,
    );
  return digest.equals(user.subarray(0, 16));
}

/** Algorithm 2: the key that the empty password gives. */
function emptyPasswordKey(dictionary: string, revision: number, id: Buffer | undefined): Buffer | undefined {
  const owner = stringOf(dictionary, "O");
  const permissions = numberOf(dictionary, "P");
  if (!owner || permissions === undefined || !id) return undefined;
  const bits = Buffer.alloc(4);
  bits.writeInt32LE(permissions | 0);
  const hidesMetadata = revision === 4 && /\/EncryptMetadata\s+false\b/.test(dictionary);
  const length = revision === 2 ? KEY_BYTES.least : keyBytes(dictionary);
  let key = md5(PADDING, owner.subarray(0, 32), bits, id, Buffer.alloc(hidesMetadata ? 4 : 0, 0xff));
  for (let round = 0; revision > 2 && round < 50; round += 1) key = md5(key.subarray(0, length));
  return key.subarray(0, length);
}

/** Crypt filters have a `Length` of their own, in bytes or bits; one of the fourth version is always 16 bytes. */
function keyBytes(dictionary: string): number {
  if (numberOf(dictionary, "V") === 4) return KEY_BYTES.most;
  const bits = numberOf(dictionary, "Length") ?? 40;
  return Math.max(KEY_BYTES.least, Math.min(KEY_BYTES.most, bits / 8));
}

/** Algorithm 2.B, of an empty user password. */
function hardenedHash(salt: Buffer): Buffer {
  let key = sha(256, salt);
  for (let round = 1; ; round += 1) {
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const remainder = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(remainder === 0 ? 256 : remainder === 1 ? 384 : 512, mixed);
    if (round >= 64 && (mixed.at(-1) ?? 0) <= round - 32) return key.subarray(0, 32);
  }
}

function rc4(key: Buffer | Uint8Array, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const at = (i: number): number => state[i & 255] ?? 0;
  const swap = (i: number, j: number): void => {
    const held = at(i);
    state[i] = at(j);
    state[j] = held;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let j = 0;
  return Buffer.from(
    data.map((byte, n) => {
      const i = (n + 1) & 255;
      j = (j + at(i)) & 255;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}

function md5(...parts: readonly Buffer[]): Buffer {
  return createHash("md5").update(Buffer.concat(parts)).digest();
}

function sha(bits: 256 | 384 | 512, data: Buffer): Buffer {
  return createHash(`sha${bits}`).update(data).digest();
}

function numberOf(dictionary: string, name: string): number | undefined {
  const digits = new RegExp(`/${name}\\s+(-?\\d{1,10})\\b`).exec(dictionary)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A string of the dictionary, as `<hex>` or `(literal)`. */
function stringOf(dictionary: string, name: string): Buffer | undefined {
  const rest = new RegExp(`/${name}\\s*(?=[<(])(?!<<)([^]*)`).exec(dictionary)?.[1];
  return rest === undefined ? undefined : stringAt(rest);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The pdf string with which a text begins. */
export function stringAt(text: string): Buffer | undefined {
  const hex = /^<([\da-fA-F\s]*)>/.exec(text)?.[1];
  if (hex !== undefined) return Buffer.from(hex.replaceAll(/\s/g, ""), "hex");
  const literal = /^\(((?:\\[\s\S]|[^\\)])*)\)/.exec(text)?.[1];
  if (literal === undefined) return undefined;
  const plain = literal.replaceAll(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_all, escaped: string) => {
    if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 255);
    return /^[\r\n]/.test(escaped) ? "" : (ESCAPES[escaped] ?? escaped);
  });
  return Buffer.from(plain, "latin1");
}
