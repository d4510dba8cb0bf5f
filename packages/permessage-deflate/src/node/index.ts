export {
  checkDeflateTuning,
  DeflateCodec,
  type DeflateCodecOptions,
  type DeflateTuning,
} from './codec.js';
export { ContextBudget, contextBytes } from './context-budget.js';
export { getSharedContexts, HotContexts, type HotContext } from './hot-contexts.js';
export {
  ConcurrencyLimiter,
  getSharedLimiter,
  type JobLimiter,
  type LimitedJob,
} from './limiter.js';
export type { DeflateDone } from './zlib-direction.js';
