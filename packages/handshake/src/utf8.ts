/** UTF-8 of a text, through the encoder that every platform has. */

// Declared here and not taken from a library: `DOM` and Node's types would
// let everything else of theirs into this package.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** Encodes `text`; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
