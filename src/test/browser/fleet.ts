import { type BrowserContext, type Locator, type Page, expect, test as base } from '@playwright/test';
import type { Traffic } from './environment';

export { expect };

const DEMO_PASSWORD = 'fleetman-demo';
const PASSWORD = 'browser tests 2026';
/** Access tokens live for 30 s here. */
const TOKEN_MS = 20_000;

export function url(path: string): string {
  return `${process.env['FLEETMAN_BROWSER_URL'] ?? ''}${path}`;
}

/** Breaks and mends what stands behind the page. */
export const world = {
  traffic: () => control<Traffic>('/traffic'),
  kill: () => control('/kill'),
  start: () => control('/start'),
  cut: () => control('/cut'),
};

async function control<T>(action: string): Promise<T> {
  const response = await fetch(`${process.env['FLEETMAN_BROWSER_CONTROL'] ?? ''}${action}`, {
    signal: AbortSignal.timeout(300_000),
  });
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return (await response.json()) as T;
}

/** An account, and what its owner does on another device: straight over REST. */
export class User {
  id = '';
  readonly email: string;
  readonly name: string;
  readonly password: string;
  private token = '';
  private since = 0;

  constructor(email: string, name: string, password = PASSWORD) {
    this.email = email;
    this.name = name;
    this.password = password;
  }

  static async create(name: string, type: 'CLIENT' | 'PROVIDER' = 'CLIENT', locale = 'en'): Promise<User> {
    const email = `${name.toLowerCase()}-${String(Date.now())}-${String(Math.floor(Math.random() * 1e6))}@fleetman.example`;
    const user = new User(email, name);
    const { token, user: account } = await post<{ token: string; user: { id: string } }>('auth/register', {
      email, password: PASSWORD, type, companyName: name, locale,
    });
    user.id = account.id;
    user.took(token);
    return user;
  }

  /** An account of the demo data, with machines. */
  static async demo(who: 'owner' | 'provider' | 'admin'): Promise<User> {
    const user = new User(`${who}@fleetman.example`, who, DEMO_PASSWORD);
    await user.signIn();
    return user;
  }

  async do<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (Date.now() - this.since > TOKEN_MS) {
      await this.signIn();
    }
    return call<T>(method, path, body, this.token);
  }

  async send(to: User, content: string): Promise<void> {
    await this.do('POST', 'messages', { recipientId: to.id, content });
  }

  /** Unread notifications, as the server counts them. */
  async unread(): Promise<number> {
    return (await this.do<{ count: number }>('GET', 'notifications/unread-count')).count;
  }

  private async signIn(): Promise<void> {
    const { token, user } = await post<{ token: string; user: { id: string } }>('auth/login', {
      email: this.email, password: this.password,
    });
    this.id = user.id;
    this.took(token);
  }

  private took(token: string): void {
    this.token = token;
    this.since = Date.now();
  }
}

const post = <T>(path: string, body: unknown): Promise<T> => call<T>('POST', path, body);

async function call<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const init: RequestInit = {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(60_000),
  };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
  }
  const ask = (): Promise<Response> => fetch(url(`/api/v1/${path}`), init);
  // A connection that is kept may be one that the test has just cut.
  const response = await ask().catch((error: unknown) => (method === 'GET' ? ask() : Promise.reject(error)));
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
  }
  return (JSON.parse(text) as { data: T }).data;
}

/** Two companies that may write to each other. */
export async function friends(): Promise<[User, User]> {
  const [alice, bob] = await Promise.all([User.create('Alice'), User.create('Bob', 'PROVIDER')]);
  await alice.do('POST', `users/me/contacts/${bob.id}`);
  await bob.do('POST', `users/me/contacts/${alice.id}`);
  return [alice, bob];
}

/** Signs the browser profile in, as the form does. */
export async function signIn(context: BrowserContext, user: User): Promise<void> {
  const response = await context.request.post(url('/api/v1/auth/login'), {
    data: { email: user.email, password: user.password },
  });
  expect(response.status()).toBe(200);
}

export async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url(path));
  return page;
}

export async function openLive(context: BrowserContext, path: string): Promise<Page> {
  const page = await open(context, path);
  await expect(connection(page)).toHaveText('Live');
  return page;
}

export function connection(page: Page): Locator {
  return page.locator('.connection-state');
}

export function bell(page: Page): Locator {
  return page.getByRole('link', { name: /^Notifications: / });
}

export async function expectUnread(page: Page, count: number, within?: number): Promise<void> {
  await expect(bell(page)).toHaveAccessibleName(
    count === 0 ? 'Notifications: none unread' : `Notifications: ${String(count)} unread`,
    within === undefined ? {} : { timeout: within },
  );
}

export function conversation(other: User): string {
  return `/messages/conversations/${other.id}`;
}

export function log(page: Page): Locator {
  return page.getByRole('log');
}

export function composer(page: Page, other: User): Locator {
  return page.getByRole('textbox', { name: `Message to ${other.name}` });
}

/** The page is there, with all that it fetches first. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main')).toBeVisible();
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('.spinner')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** The streams that are open, once those of earlier tests have ended. */
export async function expectStreams(count: number): Promise<void> {
  await expect.poll(async () => (await world.traffic()).openStreams, { timeout: 60_000 }).toBe(count);
}

export const test = base.extend<{ other: BrowserContext }>({
  /** A second browser profile, of somebody else. */
  other: async ({ browser }, use) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    await use(context);
    await context.close();
  },
});
