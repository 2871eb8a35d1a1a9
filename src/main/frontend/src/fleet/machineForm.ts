import { wrongNumber, wrongOptionalText, wrongText, parseNumber, type Wrong } from '../forms';
import { type Day, DAYS, LIMITS, type Machine, type MachineFields, type MachineStatus } from './api';

/** A machine as it stands in its form: numbers as they are typed. */
export interface MachineForm {
  readonly serialNumber: string;
  readonly brand: string;
  readonly model: string;
  readonly nickname: string;
  readonly status: MachineStatus;
  readonly assignedProviderId: string | null;
  readonly dailyHours: string;
  readonly operatingDays: readonly Day[];
  readonly operatingHours: string;
  readonly timezone: string;
}

export const FORM_FIELDS = [
  'serialNumber',
  'brand',
  'model',
  'nickname',
  'status',
  'assignedProviderId',
  'dailyHours',
  'operatingDays',
  'operatingHours',
  'timezone',
] as const satisfies readonly (keyof MachineForm)[];

/** What the assigned provider may change. */
export const WORK_FIELDS: readonly (keyof MachineForm)[] = ['status', 'operatingHours'];

export function emptyForm(): MachineForm {
  return {
    serialNumber: '',
    brand: '',
    model: '',
    nickname: '',
    status: 'ACTIVE',
    assignedProviderId: null,
    dailyHours: '8',
    operatingDays: DAYS.slice(0, 5),
    operatingHours: '0',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
  };
}

export function formOf(machine: Machine): MachineForm {
  return {
    serialNumber: machine.serialNumber,
    brand: machine.brand,
    model: machine.model,
    nickname: machine.nickname ?? '',
    status: machine.status,
    assignedProviderId: machine.assignedProviderId,
    dailyHours: String(machine.usageSchedule.dailyHours),
    operatingDays: machine.usageSchedule.operatingDays,
    operatingHours: String(machine.operatingHours),
    timezone: machine.timezone,
  };
}

export function wrongIn(form: MachineForm): Wrong {
  return {
    serialNumber: wrongText(form.serialNumber, LIMITS.machineName),
    brand: wrongText(form.brand, LIMITS.machineName),
    model: wrongText(form.model, LIMITS.machineName),
    nickname: wrongOptionalText(form.nickname, LIMITS.machineName),
    'usageSchedule.dailyHours': wrongNumber(form.dailyHours, 0, 24),
    operatingHours: wrongNumber(form.operatingHours, 0, LIMITS.hours),
  };
}

export function fieldsOf(form: MachineForm): MachineFields {
  return {
    serialNumber: form.serialNumber.trim(),
    brand: form.brand.trim(),
    model: form.model.trim(),
    nickname: form.nickname.trim() || null,
    status: form.status,
    assignedProviderId: form.assignedProviderId,
    usageSchedule: {
      dailyHours: parseNumber(form.dailyHours),
      operatingDays: DAYS.filter((day) => form.operatingDays.includes(day)),
    },
    operatingHours: parseNumber(form.operatingHours),
    timezone: form.timezone,
  };
}

/** What is to be another than it was: nothing else is sent, so nothing else can be undone by it. */
export function changesBetween(before: MachineForm, after: MachineForm): Partial<MachineFields> {
  const old = fieldsOf(before);
  const changed = Object.entries(fieldsOf(after)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof MachineFields]),
  );
  return Object.fromEntries(changed);
}

export function sameValue(field: keyof MachineForm, one: MachineForm, other: MachineForm): boolean {
  return JSON.stringify(one[field]) === JSON.stringify(other[field]);
}
