import type { BrowserContext, Page } from '@playwright/test';
import { User, connection, conversation, expect, expectStreams, expectUnread, friends, openLive, signIn, test, url, world } from './fleet';

/** Tabs without shared workers elect one that leads. */
async function withoutSharedWorker(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Reflect.deleteProperty(window, 'SharedWorker');
  });
}

async function openTabs(context: BrowserContext, count: number): Promise<Page[]> {
  const tabs: Page[] = [];
  for (let i = 0; i < count; i++) {
    tabs.push(await openLive(context, '/inbox'));
  }
  return tabs;
}

async function allShow(tabs: readonly Page[], count: number, within?: number): Promise<void> {
  await Promise.all(tabs.map((tab) => expectUnread(tab, count, within)));
}

/** By when the other tabs have what happened after a crash of the one that held the connection. */
const TAKEN_OVER_MS = 6_000;

for (const way of ['shared worker', 'leading tab']) {
  test(`eight tabs live on one connection over HTTP/1.1, by ${way}`, async ({ context }) => {
    const [alice, bob] = await friends();
    if (way === 'leading tab') {
      await withoutSharedWorker(context);
    }
    await signIn(context, alice);
    await expectStreams(0);
    const tabs = await openTabs(context, 8);
    await expectStreams(1);
    await bob.send(alice, 'one');
    await allShow(tabs, 1);
    await tabs[7]?.getByRole('button', { name: 'Mark all as read' }).click();
    await allShow(tabs, 0);
    await expectStreams(1);
  });

  test(`nothing is lost when the first tab closes, by ${way}`, async ({ context }) => {
    const [alice, bob] = await friends();
    if (way === 'leading tab') {
      await withoutSharedWorker(context);
    }
    await signIn(context, alice);
    const tabs = await openTabs(context, 4);
    for (let sent = 1; tabs.length > 1; sent += 2) {
      // One before, one while nobody may be listening.
      await bob.send(alice, `before ${String(sent)}`);
      await tabs.shift()?.close();
      await bob.send(alice, `after ${String(sent)}`);
      await allShow(tabs, sent + 1);
      await expectStreams(1);
    }
  });

  test(`nothing is lost when the first tab crashes, by ${way}`, async ({ context }) => {
    const [alice, bob] = await friends();
    if (way === 'leading tab') {
      await withoutSharedWorker(context);
    }
    await signIn(context, alice);
    const [first, ...others] = await openTabs(context, 4);
    await bob.send(alice, 'before');
    await Promise.all([first?.waitForEvent('crash'), first?.goto('chrome://crash').catch(() => null)]);
    await bob.send(alice, 'after');
    await allShow(others, 2, TAKEN_OVER_MS);
    await expectStreams(1);
    await bob.send(alice, 'and on');
    await allShow(others, 3);
  });
}

for (const way of ['shared worker', 'leading tab']) {
  test(`an administrator has one stream, with the figures of the console, by ${way}`, async ({ context }) => {
    const admin = await User.demo('admin');
    if (way === 'leading tab') {
      await withoutSharedWorker(context);
    }
    await signIn(context, admin);
    await expectStreams(0);
    const first = await openLive(context, '/admin');
    await expectFigures(first);
    await openLive(context, '/inbox');
    const last = await openLive(context, '/admin');
    await expectFigures(last);
    await expectStreams(1);
    await expect.poll(() => openStreamsOf(admin)).toBe(1);
    // Another one holds the connection now, and it carries the same.
    await first.close();
    await last.reload();
    await expectFigures(last);
    await expectStreams(1);
    await expect.poll(() => openStreamsOf(admin)).toBe(1);
  });
}

async function expectFigures(page: Page): Promise<void> {
  await expect(page.locator('.chart-value').first()).toHaveText(/^\d/);
}

/** As the server counts them. */
async function openStreamsOf(user: User): Promise<number> {
  const { items } = await user.do<{ items: unknown[] }>('GET', `admin/streams?userId=${user.id}&limit=50`);
  return items.length;
}

test('signing out in one tab signs out all', async ({ context }) => {
  const [alice] = await friends();
  await signIn(context, alice);
  const tabs = await openTabs(context, 3);
  await tabs[0]?.goto(url('/profile'));
  await tabs[0]?.getByRole('button', { name: 'Sign out' }).click();
  for (const tab of tabs) {
    await expect(tab).toHaveURL(/\/login$/);
  }
  await expectStreams(0);
});

test('two users in one browser profile never mix', async ({ context }) => {
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const hers = await openLive(context, '/inbox');
  await signIn(context, bob);
  const his = await openLive(context, '/inbox');
  await expect(hers).toHaveURL(/\/login$/);
  await bob.send(alice, 'for Alice only');
  await alice.send(bob, 'for Bob only');
  await expectUnread(his, 1);
  await expect(his.getByText('for Bob only')).toBeVisible();
  await expect(his.getByText('for Alice only')).toHaveCount(0);
  await expectStreams(1);
});

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function operate(alice: User, bob: User, random: () => number): Promise<void> {
  const { items } = await alice.do<{ items: { id: string }[] }>('GET', 'notifications?state=all&limit=50');
  const one = items[Math.floor(random() * items.length)];
  const chance = random();
  if (chance < 0.45 || !one) {
    await bob.send(alice, `message ${String(random())}`);
  } else if (chance < 0.8) {
    const state = ['seen', 'read', 'unread', 'archived'][Math.floor(random() * 4)];
    await alice.do('PATCH', `notifications/${one.id}`, { state });
  } else if (chance < 0.88) {
    await alice.do('DELETE', `notifications/${one.id}`);
  } else if (chance < 0.94) {
    await alice.do('POST', 'notifications/read-all');
  } else {
    await alice.do('POST', `messages/conversations/${bob.id}/read`);
  }
}

test('the badge is the same on all tabs after random operations', async ({ context }) => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`SEED=${String(seed)}`);
  const random = randomOf(seed);
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const tabs = await openTabs(context, 2);
  tabs.push(await openLive(context, '/contacts'));
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 8; i++) {
      await operate(alice, bob, random);
    }
    if (round === 1) {
      await world.cut();
    }
    await allShow(tabs, await alice.unread());
  }
  // And the inbox that has lived on events is the inbox as it is fetched anew.
  const [fetched, kept] = tabs as [Page, Page, Page];
  await fetched.reload();
  await expect(connection(fetched)).toHaveText('Live');
  await showAnew(kept);
  await expect.poll(async () => (await inbox(fetched)) === (await inbox(kept))).toBe(true);
});

/** As the list is shown by going away from it and back. */
async function showAnew(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('link', { name: 'FleetMan' }).click();
  await expect(page.locator('.notifications, .empty')).toHaveCount(1);
}

/** Without the times, which go on. */
async function inbox(page: Page): Promise<string> {
  return (await page.locator('.notification-title, .notification-text').allInnerTexts()).join('\n');
}

test('a conversation is the same in two tabs', async ({ context }) => {
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const tabs = [await openLive(context, conversation(bob)), await openLive(context, conversation(bob))];
  await tabs[0]?.getByRole('textbox', { name: 'Message to Bob' }).fill('from the first tab');
  await tabs[0]?.getByRole('textbox', { name: 'Message to Bob' }).press('Enter');
  for (const tab of tabs) {
    await expect(tab.getByRole('log').getByText('from the first tab')).toHaveCount(1);
  }
});
