// @ts-check
// The echo: every message goes back as it came.
import { MessageBudget } from './message-budget.mjs';

const LIMITS = { burst: 100, perSecond: 50, patience: 0 };

/**
 * Answers each message with itself; closes with 1008 when there are too many.
 *
 * @param {import('./library.mjs').WebSocket} socket
 */
export function echo(socket) {
  const budget = new MessageBudget(LIMITS);
  socket.on('message', (data, isBinary) => {
    if (budget.spend() === 'allowed') socket.send(data, { binary: isBinary });
    else socket.close(1008, 'too many messages');
  });
}
