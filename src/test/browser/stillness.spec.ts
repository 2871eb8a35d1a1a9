import type { Browser, Page } from '@playwright/test';
import { User, connection, conversation, expect, friends, log, settled, signIn, test, url, world } from './fleet';

interface Shift {
  readonly value: number;
  readonly what: string;
}

/** Watches a page from its first moment. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    const note = (entries: PerformanceEntryList): void => {
      for (const entry of entries) {
        const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
        };
        if (!hadRecentInput) {
          const what = sources.map(({ node, previousRect: a, currentRect: b }) => {
            const element = node instanceof Element ? node : node?.parentElement;
            const rect = (r: DOMRect): string => [r.x, r.y, r.width, r.height].map(Math.round).join(' ');
            return `${element?.outerHTML.slice(0, 140) ?? 'gone'} from ${rect(a)} to ${rect(b)}`;
          });
          shifts.push({ value, what: what.join('\n') });
        }
      }
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    let running = 0;
    let busyAt = 0;
    const { fetch } = window;
    window.fetch = async (input, init) => {
      running++;
      try {
        return await fetch(input, init);
      } finally {
        running--;
        busyAt = performance.now();
      }
    };
    Object.assign(window, {
      isQuiet: () => running === 0 && performance.now() - busyAt > 500,
      takeShifts: () => {
        note(observer.takeRecords());
        return shifts.splice(0);
      },
    });
  });
}

/** Nothing is being fetched, nor was a moment ago. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as unknown as { isQuiet: () => boolean }).isQuiet());
}

/** What has moved by itself since this was asked last. */
async function shifts(page: Page): Promise<Shift[]> {
  // Two frames: what was changed has been drawn, and what was drawn was looked at.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );
  return page.evaluate(() => (window as unknown as { takeShifts: () => Shift[] }).takeShifts());
}

/** What pushes down everything that there is has to be noticed, or nothing here proves anything. */
async function expectNoticed(page: Page): Promise<void> {
  await page.evaluate(() => {
    const push = document.createElement('div');
    push.id = 'push';
    push.style.height = '100px';
    document.body.prepend(push);
  });
  await expect.poll(async () => (await shifts(page)).reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(0);
  await page.evaluate(() => document.getElementById('push')?.remove());
  await shifts(page);
}

interface Scene {
  readonly admin: User;
  readonly me: User;
  readonly peers: readonly User[];
  readonly machine: string;
}

async function scene(): Promise<Scene> {
  const [alice, bob] = await friends();
  const carol = await User.create('Carol', 'PROVIDER');
  const dan = await User.create('Dan', 'PROVIDER');
  for (const peer of [carol, dan]) {
    await alice.do('POST', `users/me/contacts/${peer.id}`);
    await peer.do('POST', `users/me/contacts/${alice.id}`);
  }
  for (let i = 0; i < 20; i++) {
    await bob.send(alice, `An earlier message, the ${String(i)}th of them`);
  }
  await alice.send(bob, 'ok');
  await carol.send(alice, 'We have the spare part');
  await dan.send(alice, 'The invoice is on its way');
  const machine = await addMachine(alice, bob, 'A-1');
  await addMachine(alice, bob, 'B-2');
  await alice.do('PUT', `machines/${machine}/quick-checks/template`, { items: [{ name: 'Brakes' }, { name: 'Lights' }] });
  for (const [title, intervalHours] of [['Change the oil', 250], ['Grease the boom', 500]] as const) {
    await alice.do('POST', `machines/${machine}/maintenance-alarms`, { title, intervalHours, accumulatedHours: 245, relatedParts: [] });
  }
  return { admin: await User.demo('admin'), me: alice, peers: [bob, carol, dan], machine };
}

async function addMachine(owner: User, provider: User, serialNumber: string): Promise<string> {
  const { id } = await owner.do<{ id: string }>('POST', 'machines', {
    serialNumber: `${serialNumber}-${owner.id}`.slice(0, 40),
    brand: 'Liebherr',
    model: 'LTM 1030',
    assignedProviderId: provider.id,
    usageSchedule: { dailyHours: 8, operatingDays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] },
    operatingHours: 100,
    timezone: 'Europe/Madrid',
  });
  return id;
}

/** What others, and the user on another device, do; `round` makes it another one each time. */
async function happenings({ admin, me, peers, machine }: Scene, round: number): Promise<void> {
  const [bob, carol, dan] = peers as [User, User, User];
  const stranger = await User.create(`Stranger${String(round)}`, 'PROVIDER');
  // Typing, messages in the open and in other conversations, receipts.
  await bob.do('POST', `messages/conversations/${me.id}/typing`);
  await dan.send(me, `News of round ${String(round)}`);
  await bob.send(me, `A message that is long enough to take more than one line on a small screen, in round ${String(round)}`);
  await me.send(bob, `From another device, round ${String(round)}`);
  await bob.do('POST', `messages/conversations/${me.id}/read`);
  await me.do('POST', `messages/conversations/${carol.id}/read`);
  // Somebody new writes, and is made a contact and blocked.
  await stranger.do('POST', `users/me/contacts/${me.id}`);
  await stranger.send(me, 'Do you need a crane?');
  await me.do('POST', `users/me/contacts/${stranger.id}`);
  await me.do('PUT', `users/me/blocked/${stranger.id}`);
  await me.do(round % 2 === 0 ? 'DELETE' : 'POST', `users/me/contacts/${carol.id}`);
  // The machine: its history, checks, alarms, hours, and another one.
  await bob.do('POST', `machines/${machine}/events`, { type: 'INCIDENT', description: `Scratch ${String(round)}` });
  await bob.do('POST', `machines/${machine}/quick-checks`, {
    result: round % 2 === 0 ? 'disapproved' : 'approved',
    responsibleName: 'Ana',
    responsibleWorkerId: 'W-104',
    items: await checkItems(bob, machine, round % 2 === 0),
  });
  await me.do('POST', `machines/${machine}/maintenance-alarms`, { title: `Alarm ${String(round)}`, intervalHours: 10, relatedParts: [] });
  await addMachine(me, bob, `A-0-${String(round)}`);
  if (PAGES[round] === 'machine') {
    // It gets the hours of today, and an alarm is due.
    await admin.do('POST', 'admin/maintenance/runs', { date: new Date().toISOString().slice(0, 10) });
  }
  // The inbox: read, read all, archived and deleted elsewhere.
  const { items } = await me.do<{ items: { id: string }[] }>('GET', 'notifications?limit=30');
  const [first, second, third] = items.slice(6);
  await me.do('PATCH', `notifications/${first?.id ?? ''}`, { state: 'read' });
  await me.do('PATCH', `notifications/${second?.id ?? ''}`, { state: 'archived' });
  await me.do('DELETE', `notifications/${third?.id ?? ''}`);
  if (round % 3 === 2) {
    await me.do('POST', 'notifications/read-all');
  }
}

async function checkItems(user: User, machine: string, bad: boolean): Promise<object[]> {
  const { items } = await user.do<{ items: { name: string }[] }>('GET', `machines/${machine}/quick-checks/template`);
  return items.map(({ name }, index) => ({ name, result: bad && index === 0 ? 'disapproved' : 'approved', note: null }));
}

/** The last of the happenings has come, and what it has made stale was fetched. */
async function caughtUp(page: Page, me: User): Promise<void> {
  const isRight = async (): Promise<boolean> => {
    const unread = await me.unread();
    return (await page.locator('.bell').innerText()) === (unread === 0 ? '' : unread > 99 ? '99+' : String(unread));
  };
  await expect.poll(isRight).toBe(true);
  await quiet(page);
}

async function cutAndBack(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await expect(connection(page)).toHaveText('Offline');
  await page.context().setOffline(false);
  await expect(connection(page)).toHaveText('Live');
  const lost = page.waitForFunction(() => document.querySelector('.connection-state')?.textContent !== 'Live');
  await world.cut();
  await lost;
  await expect(connection(page)).toHaveText('Live');
}

const PAGES = [
  '/inbox',
  '/inbox?state=unread',
  '/inbox?state=all',
  '/messages',
  'conversation',
  '/contacts',
  '/contacts/discover',
  '/contacts/blocked',
  '/machines',
  'machine',
  'machine/alarms',
  'machine/events',
  'machine/quick-checks',
  'machine/quick-checks/new',
  'machine/edit',
  '/machines/new',
  '/profile',
];

const WINDOWS = [
  ['a wide window', { width: 1280, height: 800 }],
  ['a telephone', { width: 360, height: 740 }],
] as const;

/** Shows each of the pages, has something happen and the connection lost and found, and tells what has moved by itself. */
async function movesOn(page: Page, user: User, addresses: readonly string[], happen: (round: number) => Promise<void>): Promise<string> {
  const moved: string[] = [];
  for (const [round, address] of addresses.entries()) {
    // So that no session is refreshed in the moment in which the connection breaks, which may end it.
    await signIn(page.context(), user);
    await page.goto(url(address));
    await expect(connection(page)).toHaveText('Live');
    await settled(page);
    await quiet(page);
    if (round === 0) {
      await expectNoticed(page);
    }
    // What moved while the page was built is not of concern here.
    await shifts(page);
    await happen(round);
    await quiet(page);
    const byEvents = await shifts(page);
    await cutAndBack(page);
    await quiet(page);
    for (const { value, what } of [...byEvents, ...(await shifts(page))]) {
      moved.push(`${address}: ${value.toFixed(5)}\n${what}`);
    }
  }
  return moved.join('\n\n');
}

async function watched(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/Madrid', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await watch(page);
  return page;
}

for (const [name, viewport] of WINDOWS) {
  test(`nothing moves on any page when events arrive, in ${name}`, async ({ browser }) => {
    test.setTimeout(600_000);
    const here = await scene();
    const page = await watched(browser, viewport);
    const addresses = PAGES.map((path) =>
      path.replace(/^machine/, `/machines/${here.machine}`).replace(/^conversation$/, conversation(here.peers[0] as User)),
    );
    const moved = await movesOn(page, here.me, addresses, async (round) => {
      await happenings(here, round);
      await caughtUp(page, here.me);
    });
    expect(moved).toBe('');
    await page.context().close();
  });

  test(`nothing moves in the console of administrators when figures and events arrive, in ${name}`, async ({ browser }) => {
    test.setTimeout(300_000);
    const admin = await User.demo('admin');
    const page = await watched(browser, viewport);
    const addresses = ['/admin', '/admin/users', '/admin/streams', '/admin/send', '/admin/announcements', '/admin/audit'];
    const moved = await movesOn(page, admin, addresses, async (round) => {
      const figures = page.locator('.chart polyline').first();
      const before = round === 0 ? await figures.getAttribute('points') : null;
      await User.create(`Accountant${String(round)}`);
      await admin.do('POST', 'admin/notifications', {
        recipients: { userIds: [admin.id] }, type: 'ANNOUNCEMENT', title: `News ${String(round)}`, message: 'To be read', priority: 'HIGH',
      });
      await caughtUp(page, admin);
      if (round === 0) {
        await expect.poll(() => figures.getAttribute('points')).not.toBe(before);
      }
    });
    expect(moved).toBe('');
    await page.context().close();
  });
}

test('who has scrolled up in a conversation stays there, and goes to the new messages by a button', async ({ browser }) => {
  const [alice, bob] = await friends();
  for (let i = 0; i < 30; i++) {
    await bob.send(alice, `Message ${String(i)}`);
  }
  const page = await watched(browser, { width: 1280, height: 800 });
  await signIn(page.context(), alice);
  await page.goto(url(conversation(bob)));
  await expect(connection(page)).toHaveText('Live');
  await expect(log(page).getByText('Message 29')).toBeInViewport();
  await bob.send(alice, 'Followed');
  await expect(log(page).getByText('Followed')).toBeInViewport();

  await log(page).evaluate((box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 400));
  await expect(page.getByRole('button', { name: 'To the newest' })).toBeVisible();
  await quiet(page);
  await shifts(page);
  const top = await log(page).evaluate((box) => box.scrollTop);
  await bob.send(alice, 'Not followed');
  await bob.do('POST', `messages/conversations/${alice.id}/typing`);
  const button = page.getByRole('button', { name: 'New messages' });
  await expect(button).toBeVisible();
  await expect(log(page).getByText('Not followed')).not.toBeInViewport();
  expect(await log(page).evaluate((box) => box.scrollTop)).toBe(top);
  expect(await shifts(page)).toEqual([]);
  await button.press('Enter');
  await expect(log(page).getByText('Not followed')).toBeInViewport();
  await page.context().close();
});
