// @ts-check
/** Numbers as people read them. */

/** @param {number} perSecond */
export function formatRate(perSecond) {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(2)} M/s`;
  if (perSecond >= 1e4) return `${(perSecond / 1e3).toFixed(0)} k/s`;
  if (perSecond >= 1e3) return `${(perSecond / 1e3).toFixed(1)} k/s`;
  return `${perSecond.toFixed(0)}/s`;
}

/** @param {number} micros */
export function formatTime(micros) {
  if (micros >= 1e4) return `${(micros / 1e3).toFixed(0)} ms`;
  if (micros >= 1e3) return `${(micros / 1e3).toFixed(1)} ms`;
  return `${micros.toFixed(micros >= 100 ? 0 : micros >= 10 ? 1 : 2)} µs`;
}

/** @param {number} ratio */
export function formatRatio(ratio) {
  return ratio.toFixed(ratio >= 10 ? 1 : 2);
}

/** @param {import('./statistics.mjs').Spread} spread */
export function formatSpread({ median, min, max }) {
  return `${formatRatio(median)} (${formatRatio(min)}–${formatRatio(max)})`;
}

/** In thousands of bytes. @param {number} bytes */
export function formatBytes(bytes) {
  const kilobytes = bytes / 1000;
  return `${kilobytes.toFixed(kilobytes >= 100 ? 0 : 1)} KB`;
}

/** @param {import('./workloads.mjs').Target} target */
export function formatTarget({ value, unit }) {
  return unit === 'ratio' ? `≥ ${value}` : `≤ ${formatBytes(value)}`;
}

/** @param {number} share */
export function formatShare(share) {
  return `${Math.round(share * 100)} %`;
}
