import { connection, expect, expectUnread, friends, openLive, signIn, test, world } from './fleet';

test('the server is killed and started again', async ({ context }) => {
  test.setTimeout(400_000);
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const page = await openLive(context, '/inbox');
  await bob.send(alice, 'before');
  await expectUnread(page, 1);
  try {
    await world.kill();
    await expect(connection(page)).toHaveText('Reconnecting');
    await expect(page.getByText('before')).toBeVisible();
  } finally {
    await world.start();
  }
  await bob.send(alice, 'after');
  await expect(connection(page)).toHaveText('Live', { timeout: 90_000 });
  await expectUnread(page, 2);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(page.getByText('after')).toBeVisible();
});

test('the network goes and comes back', async ({ context }) => {
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const page = await openLive(context, '/inbox');
  await context.setOffline(true);
  await expect(connection(page)).toHaveText('Offline');
  await bob.send(alice, 'while offline');
  await context.setOffline(false);
  await expect(connection(page)).toHaveText('Live');
  await expectUnread(page, 1);
  await expect(page.getByText('while offline')).toBeVisible();
});

test('all connections break at once', async ({ context }) => {
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const page = await openLive(context, '/inbox');
  for (let sent = 1; sent <= 3; sent++) {
    await world.cut();
    await bob.send(alice, `message ${String(sent)}`);
    await expectUnread(page, sent);
  }
});

test('the session runs out and is refreshed while the stream goes on', async ({ context }) => {
  test.setTimeout(300_000);
  const [alice, bob] = await friends();
  await signIn(context, alice);
  const page = await openLive(context, '/inbox');
  const { refreshes } = await world.traffic();
  await expect.poll(async () => (await world.traffic()).refreshes, { timeout: 150_000 }).toBeGreaterThan(refreshes);
  await expect(connection(page)).toHaveText('Live');
  await bob.send(alice, 'after the refresh');
  await expectUnread(page, 1);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expectUnread(page, 0);
  await expect(page).toHaveURL(/\/inbox$/);
});
