export type * from './wire.js';
export type * from './state.js';
export { EventParser, type ParserHandlers, type StreamEvent } from './parser.js';
export { Problem, type FieldError } from './problem.js';
export { SSEClient, type Environment, type SSEClientOptions, type ServerEvent } from './sse-client.js';
export { SessionRefresh } from './refresh.js';
export { createApi, idempotencyKey, type Api, type ApiDependencies, type RequestOptions } from './rest.js';
export { TYPING_MS, asked, initialState, reduce, type Asked, type Change, type LocalChange } from './reducer.js';
export {
  codeOf,
  createFleetClient,
  topicsOf,
  type FleetClient,
  type FleetClientOptions,
  type Registration,
  type Topic,
} from './client.js';
export * from './actions.js';
