/** Section 10: event-target emulation. */
import type { Section } from '../scenario.js';
import { attributeScenarios } from './attributes.js';
import { eventClassScenarios } from './event-classes.js';
import { eventScenarios } from './events.js';
import { listenerScenarios } from './listeners.js';

const statements = {
  '10.add.types':
    'addEventListener registers for message, close, error and open; other types are ignored silently',
  '10.add.function': 'A listener that is a function is called with the WebSocket as this',
  '10.add.object': 'A listener that is an object is called by its handleEvent, with itself as this',
  '10.add.once': 'With once the listener is called once',
  '10.add.twice': 'Adding the same listener again for a type is ignored, whatever once says',
  '10.add.emitter': 'Listeners are registered through on and once',
  '10.add.count': 'listenerCount counts them',
  '10.add.by-hand': 'Events that are emitted by hand reach them',
  '10.remove': 'removeEventListener removes what addEventListener added',
  '10.remove.others':
    'removeEventListener removes neither listeners of on nor those of the attributes',
  '10.attribute.set': 'A function that is assigned to an attribute is appended as a listener',
  '10.attribute.again': 'The previous listener of the attribute is removed',
  '10.attribute.null': 'Anything else than a function means null, objects with handleEvent too',
  '10.attribute.get': 'An attribute reads as its function or null',
  '10.attribute.independent':
    'The same function as attribute and by addEventListener is registered twice',
  '10.class.own': 'Event objects are of classes of their own, not of the DOM',
  '10.class.not-exported': 'The classes are not exported',
  '10.class.names':
    'They are Event, CloseEvent, ErrorEvent and MessageEvent; the last three extend the first',
  '10.class.getters':
    'type, target, code, reason, wasClean, error, message and data are getters of the prototypes, enumerable and configurable, without setters',
  '10.class.keys': 'Event objects have no enumerable properties of their own',
  '10.class.constructors': 'The constructors take a type and what differs from the defaults',
  '10.message.text': 'The data of a text message is a string',
  '10.message.binary': 'The data of a binary message is what binaryType says',
  '10.close': 'A close event has the code, the reason as a string and wasClean',
  '10.close.clean': 'wasClean tells whether close frames were both received and sent',
  '10.error': 'An error event has the error and its message',
  '10.target': 'The type of an event is its name, the target is the WebSocket',
} as const;

export const section10: Section = {
  number: 10,
  title: 'Event-target emulation',
  statements,
  scenarios: [
    ...listenerScenarios,
    ...attributeScenarios,
    ...eventClassScenarios,
    ...eventScenarios,
  ],
};
