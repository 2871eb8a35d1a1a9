import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { delimiter, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const WORK = join(ROOT, 'target/browser');
const START_MS = 240_000;
const STOP_MS = 60_000;

/** The development run, as `mvn -Prun` has built it, with a database of its own. */
class DevelopmentRun {
  private process: ChildProcess | null = null;
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
  }

  async start(): Promise<void> {
    const classPath = readFileSync(join(ROOT, 'target/dev-server.classpath'), 'utf8').trim();
    const log = createWriteStream(join(WORK, 'server.log'), { flags: 'a' });
    const child = spawn(
      process.env['FLEETMAN_JAVA'] ?? 'java',
      [
        '-Dfleetman.dev.ends.with.parent=true',
        '-classpath',
        [join(ROOT, 'target/dev-classes'), classPath].join(delimiter),
        'com.fleetman.dev.DevServer',
        join(ROOT, 'target/fleetman-tomcat'),
      ],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...withoutSettings(),
          FLEETMAN_HTTP_PORT: String(this.port),
          FLEETMAN_DATA_DIR: join(WORK, 'data'),
          // Short, so that sessions run out while tests watch.
          FLEETMAN_ACCESS_TOKEN_SECONDS: '30',
          FLEETMAN_STREAM_RETRY_MS: '1000',
          FLEETMAN_DB_POOL_SIZE: '8',
        },
      },
    );
    this.process = child;
    child.stderr.pipe(log, { end: false });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the development run did not start in time:\n${said}`)), START_MS);
      child.stdout.on('data', (chunk: Buffer) => {
        log.write(chunk);
        said += chunk.toString();
        if (said.includes('FleetMan is running at')) {
          clearTimeout(late);
          resolve();
        }
      });
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`the development run ended with ${String(code)}; see target/browser/server.log:\n${said}`));
      });
    });
  }

  /** @param signal SIGKILL leaves its database behind, as a power cut would */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  }
}

function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FLEETMAN_')));
}

/** What has passed between browser and server. */
export interface Traffic {
  readonly openStreams: number;
  readonly refreshes: number;
}

/**
 * Stands between browser and server, so that tests can count connections, over HTTP/1.1 as without TLS. Where there is no
 * server it breaks the connection, as if nothing listened.
 */
class Wire {
  readonly server: Server;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<ServerResponse>();
  private refreshes = 0;
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
    this.server = createServer((request, response) => this.pass(request, response));
    this.server.requestTimeout = 0;
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  get traffic(): Traffic {
    return { openStreams: this.streams.size, refreshes: this.refreshes };
  }

  cut(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    const isStream = path.split('?')[0]?.endsWith('/notifications/stream') === true;
    if (path.endsWith('/auth/refresh')) {
      this.refreshes++;
    }
    const { method, headers } = request;
    const onward = httpRequest({ host: '127.0.0.1', port: this.port, method, path, headers, agent: isStream ? false : this.agent });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      if (isStream && answer.statusCode === 200) {
        response.flushHeaders();
        this.streams.add(response);
      }
      answer.pipe(response);
      answer.on('error', () => response.destroy());
      answer.on('close', () => {
        if (!answer.complete) {
          response.destroy();
        }
      });
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => {
      this.streams.delete(response);
      onward.destroy();
    });
    request.pipe(onward);
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lets tests, which run in a process of their own, break things. */
function control(run: DevelopmentRun, wire: Wire): Server {
  const actions: Record<string, () => unknown> = {
    '/traffic': () => wire.traffic,
    '/cut': () => wire.cut(),
    '/kill': () => run.stop('SIGKILL'),
    '/start': () => run.start(),
  };
  return createServer((request, response) => {
    void Promise.resolve(actions[request.url ?? '']?.()).then(
      (result) => response.end(JSON.stringify(result ?? {})),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
}

export default async function setUp(): Promise<() => Promise<void>> {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const port = await freePort();
  const run = new DevelopmentRun(port);
  const wire = new Wire(port);
  const controls = control(run, wire);
  controls.requestTimeout = 0;
  await run.start();
  process.env['FLEETMAN_BROWSER_URL'] = `http://127.0.0.1:${String(await listen(wire.server))}`;
  process.env['FLEETMAN_BROWSER_CONTROL'] = `http://127.0.0.1:${String(await listen(controls))}`;
  return async () => {
    controls.close();
    wire.cut();
    wire.server.close();
    await run.stop('SIGTERM');
  };
}
