export { DeflateCodec, type DeflateCodecOptions } from './codec.js';
export {
  ConcurrencyLimiter,
  getSharedLimiter,
  type JobLimiter,
  type LimitedJob,
} from './limiter.js';
export type { DeflateDone } from './zlib-direction.js';
