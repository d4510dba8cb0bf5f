/** The plain twin of `src/masking.ts`: RFC 6455 section 5.3 word for word. */
export function mask(payload: Uint8Array, maskingKey: number, phase: number): Uint8Array {
  const octets = [24, 16, 8, 0].map((shift) => (maskingKey >>> shift) & 0xff);
  return payload.map((byte, i) => byte ^ (octets[(phase + i) % 4] ?? 0));
}
