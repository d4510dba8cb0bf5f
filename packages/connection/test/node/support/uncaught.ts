/** Catches what escapes to the process, which must be what a test made escape. */
import { onTestFinished } from 'vitest';

/** Collects the messages of uncaught exceptions and rejections until the test is over. */
export function catchUncaught(): string[] {
  const messages: string[] = [];
  const collect = (error: Error): void => {
    messages.push(error.message);
  };
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    const others = process.rawListeners(event);
    process.removeAllListeners(event);
    process.on(event, collect);
    onTestFinished(() => {
      process.removeListener(event, collect);
      for (const other of others) process.on(event, other as () => void);
    });
  }
  return messages;
}
