import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '../api';
import { startTexts } from '../i18n';
import { FakeApi, ok, problem } from '../testing/FakeApi';
import { OWNER, showPage } from '../testing/pages';
import AdminConsole from './AdminConsole';

const ADMIN = { ...OWNER, roles: ['ADMIN'] };

let server: FakeApi;

beforeAll(() => startTexts('en'));

beforeEach(() => {
  server = new FakeApi(OWNER.id);
});

afterEach(() => {
  client.stop();
  server.close();
});

test('a notification is counted first, and sent once however often that has to be tried', async () => {
  let broken = true;
  server.on('POST', /^admin\/notifications$/, ({ body }) => {
    expect((body as { dryRun: boolean }).dryRun).toBe(true);
    return ok({ id: null, dryRun: true, recipients: 12, sent: 0 });
  });
  server.on('POST', /^admin\/announcements$/, () => (broken ? problem(503, 'try_again') : ok({ id: 'a' })));
  showPage([{ path: '/admin/*', element: <AdminConsole /> }], '/admin/send', ADMIN);
  const person = userEvent.setup();
  await person.selectOptions(await screen.findByRole('combobox', { name: 'To' }), 'PROVIDER');
  await person.type(screen.getByRole('textbox', { name: 'Title' }), 'notification.message.received');
  await person.type(screen.getByRole('textbox', { name: 'Message' }), 'Tonight at ten');
  const preview = within(screen.getByRole('region', { name: 'Preview' }));
  await preview.findByText(/^Mensaje de/);
  await preview.findByText(/^Message from/);
  expect(preview.getAllByText('Tonight at ten')).toHaveLength(2);

  for (const again of [true, false]) {
    await person.click(screen.getByRole('button', { name: 'Send', hidden: false }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Send to 12 accounts?' }));
    broken = again;
    await person.click(dialog.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }

  const sent = server.requests('POST', /^admin\/announcements$/);
  expect(sent).toHaveLength(2);
  expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'));
  expect(sent[1]?.body).toEqual({
    audience: 'PROVIDER',
    title: 'notification.message.received',
    message: 'Tonight at ten',
    priority: 'NORMAL',
  });
});
