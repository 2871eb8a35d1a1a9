import { bell, composer, conversation, expect, expectUnread, friends, log, open, openLive, signIn, test, url } from './fleet';

test('two users write to each other and see it live', async ({ context, other }) => {
  const [alice, bob] = await friends();

  // Alice comes in by the form, Bob's browser is signed in already.
  const here = await open(context, conversation(bob));
  await expect(here).toHaveURL(/\/login$/);
  await here.getByLabel('Email').fill(alice.email);
  await here.getByLabel('Password', { exact: true }).fill(alice.password);
  await here.getByRole('button', { name: 'Sign in' }).click();
  await expect(here).toHaveURL(url(conversation(bob)));
  await expect(composer(here, bob)).toBeVisible();
  await signIn(other, bob);
  const there = await openLive(other, '/inbox');
  await expectUnread(there, 0);

  await composer(here, bob).fill('The crane loses oil');
  await composer(here, bob).press('Enter');
  await expect(log(here)).toContainText('The crane loses oil');
  await expect(log(here)).toContainText('Sent, not read yet');

  await expectUnread(there, 1);
  await there.getByRole('link', { name: /Message from Alice/ }).click();
  await expect(there).toHaveURL(url(conversation(alice)));
  await expect(log(there)).toContainText('The crane loses oil');
  await expect(log(here)).toContainText(/Read .*/);
  await expectUnread(there, 0);

  await composer(there, alice).pressSequentially('We are', { delay: 50 });
  await expect(here.getByText('is typing…').first()).toBeVisible();
  await composer(there, alice).fill('We are on our way');
  await composer(there, alice).press('Enter');
  await expect(log(here)).toContainText('We are on our way');
  await expect(log(here).getByText('We are on our way')).toHaveCount(1);
  await expect(log(there).getByText('We are on our way')).toHaveCount(1);
});

test('a notification is shown by the browser once, and a click opens its page', async ({ context }) => {
  const [alice, bob] = await friends();
  await signIn(context, alice);
  await context.grantPermissions(['notifications'], { origin: url('') });
  await context.addInitScript(() => {
    const shown: { title: string; tag: string; click: () => void }[] = [];
    class Recorded extends EventTarget {
      static readonly permission = 'granted';
      static requestPermission = () => Promise.resolve('granted');
      onclick: (() => void) | null = null;
      constructor(title: string, options: { tag?: string } = {}) {
        super();
        shown.push({ title, tag: options.tag ?? '', click: () => this.onclick?.() });
      }
      close(): void {
        // Nothing is on the screen.
      }
    }
    Object.assign(window, { Notification: Recorded, shown });
  });
  const shownIn = (page: Awaited<ReturnType<typeof open>>): Promise<{ title: string; tag: string }[]> =>
    page.evaluate(() => (window as unknown as { shown: { title: string; tag: string }[] }).shown.map(({ title, tag }) => ({ title, tag })));

  // Sent before the page was there: never shown.
  await bob.send(alice, 'old');
  const first = await openLive(context, '/inbox');
  const second = await openLive(context, '/machines');
  await expectUnread(first, 1);
  await bob.send(alice, 'new');
  await expectUnread(first, 2);
  await expectUnread(second, 2);
  await expect.poll(async () => [...(await shownIn(first)), ...(await shownIn(second))].length).toBe(1);
  const [notice] = [...(await shownIn(first)), ...(await shownIn(second))];
  expect(notice?.title).toBe('Message from Bob');
  const { items } = await alice.do<{ items: { id: string }[] }>('GET', 'notifications?limit=1');
  expect(notice?.tag).toBe(items[0]?.id);

  const shower = (await shownIn(first)).length === 1 ? first : second;
  await shower.evaluate(() => (window as unknown as { shown: { click: () => void }[] }).shown[0]?.click());
  await expect(shower).toHaveURL(url(conversation(bob)));
  await expect(log(shower)).toContainText('new');

  // What is fetched again after a reload is not new.
  await shower.reload();
  await expect(bell(shower)).toBeVisible();
  await expect(log(shower)).toContainText('new');
  expect(await shownIn(shower)).toEqual([]);
});
