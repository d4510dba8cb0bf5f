/** Classes and types are the same, whichever way the module is loaded. */
import type * as imported from 'hybi' with { 'resolution-mode': 'import' };
import type * as required from 'hybi' with { 'resolution-mode': 'require' };

export const socketClass = (given: typeof imported.default): typeof required.WebSocket => given;
export const requiredClass = (given: typeof required.WebSocket): typeof imported.WebSocket => given;
export const serverClass = (given: typeof imported.WebSocketServer): typeof required.Server =>
  given;
export const socket = (given: imported.WebSocket): required.WebSocket => given;
export const requiredSocket = (given: required.WebSocket): imported.WebSocket => given;
export const server = (given: imported.WebSocketServer): required.WebSocketServer => given;
export const requiredServer = (given: required.Server): imported.Server => given;
export const receiver = (given: imported.Receiver): required.Receiver => given;
export const options = (given: imported.ServerOptions): required.ServerOptions => given;
export const data = (given: imported.RawData): required.Data => given;
