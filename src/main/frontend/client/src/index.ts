/** Everything of the client of FleetMan. `@fleetman/client/core` is the same without React. */
export * from './core.js';
export * from './react.js';
