/** The script of the shared worker, a file of its own. */
import { thisBrowser } from './refresh.js';
import { serveTabs } from './worker-hub.js';

interface Scope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const serve = serveTabs(thisBrowser());

(globalThis as unknown as Scope).onconnect = (connection) => {
  const [port] = connection.ports;
  if (port) {
    serve(port);
  }
};
