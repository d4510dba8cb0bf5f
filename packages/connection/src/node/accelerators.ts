/**
 * What makes masking and the UTF-8 check faster where it is there: functions
 * of newer Node versions, and the packages `bufferutil` and `utf-8-validate`.
 * Looked up once, on first use.
 *
 * `WS_NO_BUFFER_UTIL` and `WS_NO_UTF_8_VALIDATE`, when not empty, keep the
 * packages from being loaded.
 */
import * as bufferModule from 'node:buffer';
import * as http from 'node:http';
import { createRequire } from 'node:module';
import { isValidUtf8, portableMasking } from '@hybi/frame';
import type { Masking } from '@hybi/frame';

/** `http.websocketMask`, `http.websocketUnmask`, and the functions of `bufferutil`. */
interface NativeMasking {
  mask(
    source: Uint8Array,
    key: Uint8Array,
    output: Uint8Array,
    offset: number,
    length: number,
  ): void;
  unmask(bytes: Uint8Array, key: Uint8Array): void;
}

interface HttpMasking {
  websocketMask?: NativeMasking['mask'];
  websocketUnmask?: NativeMasking['unmask'];
}

type Utf8Check = (bytes: Uint8Array) => boolean;

// Below these sizes the call into native code costs more than it saves.
const nativeMaskingFrom = 2048;
const nativeUtf8From = 24;

/** The fastest masking that this process has. */
export function findMasking(): Masking {
  const native = findNativeMasking();
  return native === undefined ? portableMasking : accelerate(native);
}

/** The fastest UTF-8 check that this process has. */
export function findUtf8Check(): Utf8Check {
  const native = findNativeUtf8Check();
  if (native === undefined) return isValidUtf8;
  return (bytes) => (bytes.length < nativeUtf8From ? isValidUtf8(bytes) : native(bytes));
}

function findNativeMasking(): NativeMasking | undefined {
  const { websocketMask, websocketUnmask } = http as HttpMasking;
  if (websocketMask !== undefined && websocketUnmask !== undefined) {
    return { mask: websocketMask, unmask: websocketUnmask };
  }
  if (process.env['WS_NO_BUFFER_UTIL']) return undefined;
  return optionalPackage('bufferutil') as NativeMasking | undefined;
}

function findNativeUtf8Check(): Utf8Check | undefined {
  const { isUtf8 } = bufferModule as { isUtf8?: Utf8Check };
  if (isUtf8 !== undefined) return isUtf8;
  if (process.env['WS_NO_UTF_8_VALIDATE']) return undefined;
  return optionalPackage('utf-8-validate') as Utf8Check | undefined;
}

/** An optional package; one that is absent or broken is as good as none. */
function optionalPackage(name: string): unknown {
  try {
    // The CommonJS build has a file name, the ES module has a URL.
    const here = typeof __filename === 'string' ? __filename : import.meta.url;
    return createRequire(here)(name);
  } catch {
    return undefined;
  }
}

function accelerate(native: NativeMasking): Masking {
  const key = new Uint8Array(4);
  const setKey = (maskingKey: number, phase: number): void => {
    for (let i = 0; i < 4; i++) key[i] = maskingKey >>> (24 - 8 * ((phase + i) & 3));
  };
  return {
    inPlace(payload, start, end, maskingKey, phase) {
      if (end - start < nativeMaskingFrom) {
        portableMasking.inPlace(payload, start, end, maskingKey, phase);
        return;
      }
      setKey(maskingKey, phase);
      native.unmask(payload.subarray(start, end), key);
    },
    into(source, start, end, target, targetOffset, maskingKey, phase) {
      if (end - start < nativeMaskingFrom) {
        portableMasking.into(source, start, end, target, targetOffset, maskingKey, phase);
        return;
      }
      setKey(maskingKey, phase);
      native.mask(source.subarray(start, end), key, target, targetOffset, end - start);
    },
  };
}
