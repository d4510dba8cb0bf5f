/** What keeps the process alive, counted by kind; kinds that come and go with a test runner are left out. */
function openResources(): string {
  const kinds =
    /^(TCPSocketWrap|TLSWrap|PipeWrap|PipeConnectWrap|TCPConnectWrap|GetAddrInfoReqWrap)$/;
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kinds.test(kind))
    .sort()
    .join(' ');
}

/**
 * Remembers what is open; the function that it returns waits until no more is.
 * Handles close in later turns of the event loop, so a few are granted.
 */
export function rememberResources(): () => Promise<void> {
  const before = openResources();
  return async () => {
    for (let turn = 0; turn < 20 && openResources() !== before; turn++) {
      await new Promise(setImmediate);
    }
    if (openResources() !== before) {
      throw new Error(`Left open: ${openResources()}; before: ${before}`);
    }
  };
}
