import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '../api';
import { startTexts } from '../i18n';
import { FakeApi, ok, problem } from '../testing/FakeApi';
import { OWNER, showPage } from '../testing/pages';
import type { Machine } from './api';
import routes from './routes';

const ID = '0c0c0c0c-0000-4000-8000-000000000003';

const machine: Machine = {
  id: ID,
  serialNumber: 'LTM-0417',
  brand: 'Liebherr',
  model: 'LTM 1030',
  nickname: 'Bertha',
  status: 'ACTIVE',
  ownerId: OWNER.id,
  assignedProviderId: null,
  usageSchedule: { dailyHours: 8, operatingDays: ['MONDAY', 'FRIDAY'] },
  operatingHours: 4120.5,
  timezone: 'Europe/Madrid',
  createdAt: '2026-01-10T10:00:00.000Z',
  updatedAt: '2026-01-10T10:00:00.000Z',
};

let server: FakeApi;

function show(path: string) {
  return showPage([{ path: '/machines', children: routes }], `/machines${path}`);
}

beforeAll(() => startTexts('en'));

beforeEach(() => {
  server = new FakeApi(OWNER.id);
  server.on('GET', /^machines$/, () => ok({ items: [machine], nextCursor: null }));
  server.on('GET', /^machines\/[^/]+\/(maintenance-alarms|events|quick-checks)$/, () =>
    ok({ items: [], nextCursor: null }),
  );
  server.on('GET', /^machines\/[^/]+$/, () => ok(machine, { ETag: '"1"' }));
});

afterEach(() => {

  client.stop();
  server.close();
});

test('only what was changed is sent, with the tag that was read', async () => {
  server.on('PATCH', /^machines\//, () => ok({ ...machine, nickname: 'Berta' }, { ETag: '"2"' }));
  const { router } = show(`/${ID}/edit`);
  const person = userEvent.setup();
  const field = await screen.findByRole('textbox', { name: 'Nickname' });
  await person.clear(field);
  await person.type(field, 'Berta');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/machines/${ID}`));
  const [asked] = server.requests('PATCH', /^machines\//);
  expect(asked?.body).toEqual({ nickname: 'Berta' });
  expect(asked?.headers.get('If-Match')).toBe('"1"');
});

test('a change over that of somebody else is shown side by side, and saved only if that is wanted', async () => {
  const theirs = { ...machine, status: 'MAINTENANCE', operatingHours: 4130 };
  const { router } = show(`/${ID}/edit`);
  const person = userEvent.setup();
  const field = await screen.findByRole('textbox', { name: 'Operating hours' });
  await person.clear(field);
  await person.type(field, '4125,5');

  server.on('PATCH', /^machines\//, (asked) =>
    asked.headers.get('If-Match') === '"2"'
      ? ok({ ...theirs, operatingHours: 4125.5 }, { ETag: '"3"' })
      : problem(412, 'version_conflict'),
  );
  server.on('GET', /^machines\/[^/]+$/, () => ok(theirs, { ETag: '"2"' }));
  await person.click(screen.getByRole('button', { name: 'Save' }));

  const dialog = within(await screen.findByRole('dialog', { hidden: true }));
  const hours = dialog.getByRole('row', { name: /Operating hours/, hidden: true });
  expect(within(hours).getAllByRole('cell', { hidden: true }).map((cell) => cell.textContent)).toEqual([
    '4,130 hr',
    '4,125.5 hr',
  ]);
  const status = dialog.getByRole('row', { name: /Status/, hidden: true });
  expect(within(status).getAllByRole('cell', { hidden: true }).map((cell) => cell.textContent)).toEqual([
    'In maintenance',
    'Active',
  ]);
  expect(server.requests('PATCH', /^machines\//)).toHaveLength(1);

  await person.click(dialog.getByRole('button', { name: 'Save mine over it', hidden: true }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/machines/${ID}`));
  const [, second] = server.requests('PATCH', /^machines\//);
  expect(second?.body).toEqual({ operatingHours: 4125.5 });
  expect(second?.headers.get('If-Match')).toBe('"2"');
});

const template = {
  machineId: ID,
  items: [{ name: 'Brakes' }, { name: 'Lights' }, { name: 'Oil' }],
  updatedBy: OWNER.id,
  updatedAt: '2026-01-10T10:00:00.000Z',
};

test('a quick check needs an answer for every item, and who is responsible', async () => {
  server.on('GET', /quick-checks\/template$/, () => ok(template));
  show(`/${ID}/quick-checks/new`);
  const person = userEvent.setup();
  await person.click(await screen.findByRole('button', { name: 'Record check' }));
  expect(await screen.findAllByText('This is required.')).toHaveLength(5);
  expect(server.requests('POST', /quick-checks$/)).toHaveLength(0);
  await waitFor(() => expect(document.activeElement?.getAttribute('type')).toBe('radio'));
});

test('a quick check is recorded once, however often it has to be sent', async () => {
  server.on('GET', /quick-checks\/template$/, () => ok(template));
  let broken = true;
  const recorded = {
    id: 'q1',
    machineId: ID,
    result: 'disapproved',
    items: [],
    responsibleName: 'Ana',
    responsibleWorkerId: 'W-1',
    observations: null,
    executedById: OWNER.id,
    executedByName: OWNER.companyName,
    executedAt: '2026-11-30T10:00:00.000Z',
  };
  server.on('POST', /quick-checks$/, () => (broken ? problem(503, 'try_again') : ok(recorded, {}, 201)));
  const { router } = show(`/${ID}/quick-checks/new`);
  const person = userEvent.setup();
  const brakes = within(await screen.findByRole('radiogroup', { name: 'Brakes' }));
  await person.click(brakes.getByRole('radio', { name: 'Fault' }));
  await person.type(brakes.getByRole('textbox', { name: 'Note on Brakes' }), ' Worn ');
  await person.click(within(screen.getByRole('radiogroup', { name: 'Oil' })).getByRole('radio', { name: 'Omit' }));
  await person.click(screen.getByRole('button', { name: 'Approve the rest' }));
  await person.type(screen.getByRole('textbox', { name: 'Responsible person' }), 'Ana');
  await person.type(screen.getByRole('textbox', { name: 'Worker ID' }), 'W-1');
  await person.click(screen.getByRole('button', { name: 'Record check' }));
  await screen.findByRole('alert');

  broken = false;
  await person.click(screen.getByRole('button', { name: 'Record check' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/machines/${ID}/quick-checks/q1`));
  const sent = server.requests('POST', /quick-checks$/);
  expect(sent).toHaveLength(2);
  expect(sent[0]?.headers.get('Idempotency-Key')).toBeTruthy();
  expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'));
  expect(sent[1]?.body).toEqual({
    result: 'disapproved',
    items: [
      { name: 'Brakes', result: 'disapproved', note: 'Worn' },
      { name: 'Lights', result: 'approved' },
      { name: 'Oil', result: 'omitted' },
    ],
    responsibleName: 'Ana',
    responsibleWorkerId: 'W-1',
  });
});

test('the provider is offered no more than it may change', async () => {
  server.on('GET', /^machines\/[^/]+$/, () =>
    ok({ ...machine, ownerId: 'other', assignedProviderId: OWNER.id }, { ETag: '"1"' }),
  );
  show(`/${ID}/edit`);
  const status = await screen.findByRole('combobox', { name: 'Status' });
  expect(within(status).queryByRole('option', { name: 'Retired' })).toBeNull();
  expect(screen.getByRole('textbox', { name: 'Operating hours' })).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Serial number' })).toBeNull();
});
