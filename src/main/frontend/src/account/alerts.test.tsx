import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '../api';
import { startTexts } from '../i18n';
import { Layout } from '../shell/Layout';
import { FakeApi, ok } from '../testing/FakeApi';
import { OWNER, showPage } from '../testing/pages';
import Profile from './Profile';

const SINCE = '2026-11-30T10:00:00.000Z';

let server: FakeApi;

beforeAll(() => startTexts('en'));

beforeEach(() => {
  server = new FakeApi(OWNER.id);
});

afterEach(() => {
  client.stop();
  server.close();
});

function alerts(type: string) {
  return screen.findByRole<HTMLInputElement>('checkbox', { name: type });
}

test('types of notifications are switched off and on, here and on other devices', async () => {
  server.on('GET', /^notifications\/mutes$/, () => ok([{ type: 'NEW_MESSAGE', since: SINCE }]));
  server.on('PUT', /^notifications\/mutes\/MACHINE_EVENT$/, () =>
    ok(['MACHINE_EVENT', 'NEW_MESSAGE'].map((type) => ({ type, since: SINCE }))),
  );
  server.on('DELETE', /^notifications\/mutes\/NEW_MESSAGE$/, () => ok([{ type: 'MACHINE_EVENT', since: SINCE }]));
  showPage([{ path: '/', element: <Layout />, children: [{ index: true, element: <Profile /> }] }], '/');
  const messages = await alerts('Messages');
  const events = await alerts('Incidents, failures and work on machines');
  await waitFor(() => expect([messages.checked, events.checked]).toEqual([false, true]));

  const person = userEvent.setup();
  await person.click(events);
  await waitFor(() => expect([messages.checked, events.checked]).toEqual([false, false]));
  await person.click(messages);
  await waitFor(() => expect([messages.checked, events.checked]).toEqual([true, false]));

  await waitFor(() => expect(server.isConnected).toBe(true));
  server.tell('mutes', { mutes: [{ type: 'NEW_MESSAGE', since: SINCE }] });
  await waitFor(() => expect([messages.checked, events.checked]).toEqual([false, true]));
});
