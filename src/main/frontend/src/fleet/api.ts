import { api, listOf } from '../api';
import { type Refined, type Schemas, valuesOf } from '../schemas';

export type MachineStatus = Schemas['MachineView']['status'];
export const MACHINE_STATUSES = valuesOf<MachineStatus>()(['ACTIVE', 'MAINTENANCE', 'OUT_OF_SERVICE', 'RETIRED']);

export type Day = Schemas['UsageSchedule']['operatingDays'][number];
export const DAYS = valuesOf<Day>()(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);

export type UsageSchedule = Schemas['UsageSchedule'];

export type Machine = Schemas['MachineView'];

/** A machine with the version that was read, to be given back in `If-Match`. */
export interface VersionedMachine {
  readonly machine: Machine;
  readonly etag: string;
}

/** All that its form has. */
export type MachineFields = Refined<
  Required<Omit<Schemas['MachineCreateRequest'], 'ownerId'>>,
  { readonly status: MachineStatus }
>;

/** `ownerId` is said by administrators only. */
export type NewMachine = MachineFields & Pick<Schemas['MachineCreateRequest'], 'ownerId'>;

export interface MachineFilter {
  readonly search: string;
  readonly status: MachineStatus | '';
  readonly brand: string;
  readonly role: 'owner' | 'provider' | '';
}

export const MANUAL_EVENT_TYPES = [
  'INCIDENT',
  'FAILURE',
  'STOP',
  'REPAIR',
  'MAINTENANCE',
] as const satisfies readonly Schemas['MachineEventView']['type'][];
export type ManualEventType = (typeof MANUAL_EVENT_TYPES)[number];

export type MachineEventType = Schemas['MachineEventView']['type'];
export const EVENT_TYPES = valuesOf<MachineEventType>()([
  ...MANUAL_EVENT_TYPES,
  'MACHINE_CREATED',
  'MACHINE_UPDATED',
  'STATUS_CHANGED',
  'PROVIDER_ASSIGNED',
  'PROVIDER_REMOVED',
  'MAINTENANCE_ALARM_CREATED',
  'MAINTENANCE_ALARM_UPDATED',
  'MAINTENANCE_ALARM_DELETED',
  'MAINTENANCE_ALARM_TRIGGERED',
  'MAINTENANCE_ALARM_RESET',
  'QUICKCHECK_TEMPLATE_CHANGED',
  'QUICKCHECK_APPROVED',
  'QUICKCHECK_DISAPPROVED',
  'QUICKCHECK_NOT_INITIATED',
]);

export type MachineEvent = Refined<
  Schemas['MachineEventView'],
  { readonly metadata: Readonly<Record<string, unknown>> }
>;

export interface HistoryFilter {
  readonly type: MachineEventType | '';
  /** `people`: written by them; `system`: the other ones. */
  readonly by: 'people' | 'system' | '';
}

/** It happened now where that is absent; an alarm that it handles goes with `MAINTENANCE` and `REPAIR` only. */
export type NewMachineEvent = Refined<Schemas['MachineEventWriteRequest'], { readonly type: ManualEventType }>;

export type MaintenanceAlarm = Schemas['MaintenanceAlarmView'];

/** All that its form has. */
export type AlarmFields = Refined<
  Required<Schemas['MaintenanceAlarmCreateRequest']>,
  Pick<MaintenanceAlarm, 'relatedParts' | 'accumulatedHours' | 'active'>
>;

export type ItemResult = Schemas['CheckedItem']['result'];
export const ITEM_RESULTS = valuesOf<ItemResult>()(['approved', 'disapproved', 'omitted']);

export type CheckResult = Schemas['QuickCheckView']['result'];
export const CHECK_RESULTS = valuesOf<CheckResult>()(['approved', 'disapproved', 'notInitiated']);

export type CheckedItem = Schemas['CheckedItem'];

export type QuickCheck = Schemas['QuickCheckView'];

export type NewQuickCheck = Schemas['QuickCheckAddRequest'];

export type QuickCheckTemplate = Schemas['QuickCheckTemplateView'];

/** Limits of the server, in code points. */
export const LIMITS = {
  machineName: 100,
  eventDescription: 1000,
  alarmTitle: 100,
  alarmDescription: 1000,
  alarmParts: 50,
  alarmPart: 100,
  alarmInterval: 1_000_000,
  hours: 9_999_999.99,
  checkItems: 50,
  checkItemName: 100,
  checkNote: 500,
  responsibleName: 100,
  responsibleWorkerId: 50,
  observations: 1000,
} as const;

/** Everything of one machine stands below `['machines', 'one', id]`, so that one invalidation reaches it. */
export const fleetKeys = {
  all: ['machines'] as const,
  lists: ['machines', 'list'] as const,
  one: (id: string) => ['machines', 'one', id] as const,
  details: (id: string) => ['machines', 'one', id, 'details'] as const,
  events: (id: string) => ['machines', 'one', id, 'events'] as const,
  alarms: (id: string) => ['machines', 'one', id, 'alarms'] as const,
  checkLists: (id: string) => ['machines', 'one', id, 'checks', 'list'] as const,
  check: (id: string, checkId: string) => ['machines', 'one', id, 'checks', 'one', checkId] as const,
  template: (id: string) => ['machines', 'one', id, 'template'] as const,
};

function path(machineId: string, ...rest: readonly string[]): string {
  return ['machines', machineId, ...rest].map(encodeURIComponent).join('/');
}

async function versioned(answer: Promise<{ data: Machine; headers: Headers }>): Promise<VersionedMachine> {
  const { data, headers } = await answer;
  return { machine: data, etag: headers.get('ETag') ?? '' };
}

/** Newest first. */
export function machineList(filter: MachineFilter) {
  return listOf<Machine>(fleetKeys.lists, 'machines', {
    search: filter.search || undefined,
    status: filter.status || undefined,
    brand: filter.brand || undefined,
    role: filter.role || undefined,
  });
}

export function getMachine(id: string, signal?: AbortSignal): Promise<VersionedMachine> {
  return versioned(api.send<Machine>('GET', path(id), undefined, { signal }));
}

export function createMachine(machine: NewMachine): Promise<VersionedMachine> {
  return versioned(api.send<Machine>('POST', 'machines', machine));
}

/** @throws Problem 412 `version_conflict` where somebody else changed it since `etag` was read */
export function changeMachine(
  id: string,
  change: Schemas['MachineChangeRequest'],
  etag: string,
): Promise<VersionedMachine> {
  return versioned(api.send<Machine>('PATCH', path(id), change, { headers: { 'If-Match': etag } }));
}

/** @throws Problem 409 `machine_has_history`: it can only be retired */
export function deleteMachine(id: string, etag: string): Promise<Schemas['MachineDeleted']> {
  return api.delete(path(id), { headers: { 'If-Match': etag } });
}

/** What was written last first. */
export function eventList(id: string, filter: HistoryFilter) {
  return listOf<MachineEvent>(fleetKeys.events(id), path(id, 'events'), {
    type: filter.type || undefined,
    systemGenerated: filter.by === '' ? undefined : filter.by === 'system',
  });
}

export function writeEvent(id: string, event: NewMachineEvent): Promise<MachineEvent> {
  return api.post(path(id, 'events'), event);
}

/** Newest first. */
export function alarmList(id: string) {
  return listOf<MaintenanceAlarm>(fleetKeys.alarms(id), path(id, 'maintenance-alarms'), { limit: 50 });
}

export function createAlarm(id: string, alarm: AlarmFields): Promise<MaintenanceAlarm> {
  return api.post(path(id, 'maintenance-alarms'), alarm);
}

export function changeAlarm(
  id: string,
  alarmId: string,
  change: Schemas['MaintenanceAlarmChangeRequest'],
): Promise<MaintenanceAlarm> {
  return api.patch(path(id, 'maintenance-alarms', alarmId), change);
}

export function deleteAlarm(id: string, alarmId: string): Promise<Schemas['MaintenanceAlarmDeleted']> {
  return api.delete(path(id, 'maintenance-alarms', alarmId));
}

/** The maintenance was done: the alarm begins anew. */
export function resetAlarm(id: string, alarmId: string): Promise<MaintenanceAlarm> {
  return api.post(path(id, 'maintenance-alarms', alarmId, 'reset'));
}

export function getTemplate(id: string, signal?: AbortSignal): Promise<QuickCheckTemplate> {
  return api.get(path(id, 'quick-checks', 'template'), { signal });
}

export function setTemplate(id: string, names: readonly string[]): Promise<QuickCheckTemplate> {
  const template: Schemas['QuickCheckSetTemplateRequest'] = { items: names.map((name) => ({ name })) };
  return api.put(path(id, 'quick-checks', 'template'), template);
}

/** Newest first. */
export function checkList(id: string, result: CheckResult | '') {
  return listOf<QuickCheck>(fleetKeys.checkLists(id), path(id, 'quick-checks'), { result: result || undefined });
}

export function getCheck(id: string, checkId: string, signal?: AbortSignal): Promise<QuickCheck> {
  return api.get(path(id, 'quick-checks', checkId), { signal });
}

export function recordCheck(id: string, check: NewQuickCheck, idempotencyKey: string): Promise<QuickCheck> {
  return api.post(path(id, 'quick-checks'), check, { idempotencyKey });
}

/** The only result that these items allow; the server refuses any other. */
export function resultOf(items: readonly { readonly result: ItemResult }[]): CheckResult {
  if (items.some((item) => item.result === 'disapproved')) return 'disapproved';
  return items.some((item) => item.result === 'approved') ? 'approved' : 'notInitiated';
}
