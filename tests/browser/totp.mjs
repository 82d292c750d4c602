// The second factor as an authenticator application makes it: RFC 6238, SHA-1, 30 seconds, six digits.
import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const step = 30;

function base32(text) {
  let bits = "";
  for (const letter of text.replace(/[=\s]/g, "").toUpperCase()) {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new Error(`'${letter}' is not a base 32 letter`);
    bits += value.toString(2).padStart(5, "0");
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The code of a secret (base 32) at a moment (seconds since 1970). */
export function totp(secret, seconds = Date.now() / 1000) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / step)));
  const mac = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = mac[mac.length - 1] & 15;
  return `${(mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000}`.padStart(6, "0");
}

const used = new Map();

/**
 * A code that this process has not used for this secret before. A server accepts each code once, and one step to
 * either side for slow clocks, so the second sign-in within a step takes the next step's code, and a third waits, as a
 * person does, until the server takes the code after that.
 */
export async function freshTotp(secret) {
  const next = Math.max(Math.floor(Date.now() / 1000 / step), (used.get(secret) ?? 0) + 1);
  used.set(secret, next);
  const early = (next - 1) * step * 1000 - Date.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  return totp(secret, next * step);
}
