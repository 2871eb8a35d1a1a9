import { join } from 'node:path';
import { User, conversation, expect, signIn, test, url } from './fleet';

const DIRECTORY = join(__dirname, '../../../docs/screenshots');

test.skip(process.env['FLEETMAN_SCREENSHOTS'] !== 'true', 'only where FLEETMAN_SCREENSHOTS=true asks for them');

test('screenshots for the README', async ({ browser }) => {
  test.setTimeout(300_000);
  const owner = await User.demo('owner');
  const provider = await User.demo('provider');
  await provider.send(owner, 'We can look at the crane tomorrow at eight.');
  await owner.send(provider, 'Good, the site manager will open the gate.');
  const { items } = await owner.do<{ items: { id: string }[] }>('GET', 'machines?limit=1');
  const machine = `/machines/${items[0]?.id ?? ''}`;
  const shots: [name: string, path: string, size: { width: number; height: number }, scheme: 'light' | 'dark'][] = [
    ['inbox', '/inbox', { width: 1120, height: 700 }, 'light'],
    ['conversation', conversation(provider), { width: 1120, height: 700 }, 'light'],
    ['machine', machine, { width: 1120, height: 700 }, 'dark'],
    ['phone', '/inbox', { width: 360, height: 700 }, 'dark'],
  ];
  for (const [name, path, viewport, colorScheme] of shots) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
    await signIn(context, owner);
    const page = await context.newPage();
    await page.goto(url(path));
    await expect(page.locator('.connection-good')).toHaveCount(1);
    await expect(page.locator('.spinner')).toHaveCount(0);
    await page.screenshot({ path: join(DIRECTORY, `${name}.png`), animations: 'disabled' });
    await context.close();
  }
});
