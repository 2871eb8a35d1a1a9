import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { User, connection, conversation, expect, friends, log, open, settled, signIn, test, url } from './fleet';
import accountEn from '../../main/frontend/src/i18n/en/account.json';
import accountEs from '../../main/frontend/src/i18n/es/account.json';
import shellEn from '../../main/frontend/src/i18n/en/shell.json';
import shellEs from '../../main/frontend/src/i18n/es/shell.json';

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

async function machineOf(user: User): Promise<string> {
  const { items } = await user.do<Listed>('GET', 'machines?limit=1');
  return items[0]?.id ?? '';
}

/** Every page of somebody who is signed in and has machines. */
async function pagesOf(user: User, other: User): Promise<string[]> {
  const machine = `/machines/${await machineOf(user)}`;
  return [
    '/inbox',
    '/inbox?state=archived',
    '/messages',
    conversation(other),
    '/contacts',
    '/contacts/discover',
    '/contacts/blocked',
    '/machines',
    machine,
    `${machine}/alarms`,
    `${machine}/events`,
    `${machine}/quick-checks`,
    `${machine}/quick-checks/new`,
    `${machine}/edit`,
    '/machines/new',
    '/profile',
    '/machines/nowhere/at/all',
  ];
}

async function expectAccessible(page: Page, path: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(found, path).toEqual([]);
}

async function expectNarrow(page: Page, path: string): Promise<void> {
  const { width, wide } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 120)),
  }));
  expect(width, `${path} is too wide: ${wide.join(' | ')}`).toBeLessThanOrEqual(360);
}

/** Opens each page, those before the sign-in and those of an owner, and expects something of it. */
async function onEveryPage(context: BrowserContext, expectation: (page: Page, path: string) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  const visit = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      await page.goto(url(path));
      await settled(page);
      await expectation(page, path);
    }
  };
  await visit(['/login', '/register']);
  const owner = await User.demo('owner');
  const provider = await User.demo('provider');
  await signIn(context, owner);
  await visit(await pagesOf(owner, provider));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a violation that axe finds, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(400_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce', locale: 'en-GB' });
    await onEveryPage(context, expectAccessible);
    await context.close();
  });
}

test('every page fits into 360 px', async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'es-ES' });
  await onEveryPage(context, expectNarrow);
  await context.close();
});

test('the console of administrators has no violation, fits into 360 px, and others have none', async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await signIn(context, await User.demo('admin'));
  for (const path of ['/admin', '/admin/users', '/admin/streams', '/admin/send', '/admin/announcements', '/admin/audit']) {
    await page.goto(url(path));
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Administration');
    await expectAccessible(page, path);
    await expectNarrow(page, path);
  }
  await context.close();

  const others = await browser.newContext({ locale: 'en-GB' });
  await signIn(others, await User.demo('owner'));
  const none = await open(others, '/admin/users');
  await expect(none.getByRole('heading', { level: 1 })).toHaveText(shellEn.notFound.title);
  await others.close();
});

test('deep links work, also after a reload', async ({ context }) => {
  const owner = await User.demo('owner');
  const provider = await User.demo('provider');
  const machine = await machineOf(owner);
  await signIn(context, owner);
  const page = await open(context, conversation(provider));
  await expect(log(page)).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(url(conversation(provider)));
  await expect(log(page)).toBeVisible();

  await page.goto(url(`/machines/${machine}`));
  // Until the machine is fetched, the page has another heading.
  const heading = page.getByRole('heading', { level: 1 }).locator('.machine-heading');
  await expect(heading).toBeVisible();
  const name = await heading.innerText();
  await page.reload();
  await expect(page).toHaveURL(url(`/machines/${machine}`));
  await expect(heading).toHaveText(name);
  await page.goBack();
  await expect(log(page)).toBeVisible();
});

test('a wanted page is opened after signing in', async ({ context }) => {
  const [alice, bob] = await friends();
  const page = await open(context, conversation(bob));
  await expect(page).toHaveURL(/\/login$/);
  await page.getByLabel('Email').fill(alice.email);
  await page.getByLabel('Password', { exact: true }).fill(alice.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(url(conversation(bob)));
  await expect(log(page)).toBeVisible();
});

test('everything is there in Spanish and in English', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'es-ES' });
  const page = await context.newPage();
  await page.goto(url('/login'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(accountEs.signIn.title);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(accountEn.signIn.title);

  const user = await User.create('Idiomas', 'CLIENT', 'es');
  await signIn(context, user);
  await page.goto(url('/profile'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(connection(page)).toHaveText(shellEs.connection.open.short);
  await expect(page.getByRole('link', { name: shellEs.nav.machines })).toBeVisible();
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(page.getByRole('link', { name: shellEn.nav.machines, exact: true })).toBeVisible();
  await expect(connection(page)).toHaveText(shellEn.connection.open.short);
  // It is the account's language now, on every device.
  await expect.poll(async () => (await user.do<{ locale: string }>('GET', 'users/me')).locale).toBe('en');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(accountEn.profile.title);
  await context.close();
});

test('nothing is refused by the content security policy, nor fails in the console', async ({ context }) => {
  const owner = await User.demo('owner');
  const provider = await User.demo('provider');
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await signIn(context, owner);
  for (const path of await pagesOf(owner, provider)) {
    await page.goto(url(path));
    await settled(page);
  }
  expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([]);
});
