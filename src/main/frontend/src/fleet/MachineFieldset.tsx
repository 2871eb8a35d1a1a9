import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, Select, TextField } from '../components';
import { DAYS, MACHINE_STATUSES, type MachineStatus } from './api';
import { CompanyPicker } from './CompanyPicker';
import type { MachineForm } from './machineForm';
import type { Standing } from './useMachine';

interface MachineFieldsetProps {
  readonly form: MachineForm;
  readonly standing: Standing;
  readonly problem: (field: string) => string | undefined;
  readonly change: (change: Partial<MachineForm>) => void;
}

/** All that can be said of a machine; for its provider the two things that change at work. */
export function MachineFieldset({ form, standing, problem, change }: MachineFieldsetProps) {
  const { t } = useTranslation('fleet');
  const zones = useMemo(() => timezones(form.timezone), [form.timezone]);
  const work = (
    <>
      <Select
        label={t('field.status')}
        value={form.status}
        error={problem('status')}
        onChange={(event) => change({ status: event.target.value as MachineStatus })}
        choices={MACHINE_STATUSES.filter((status) => standing !== 'provider' || status !== 'RETIRED').map((status) => ({
          value: status,
          label: t(`status.${status}`),
        }))}
      />
      <TextField
        label={t('field.operatingHours')}
        hint={t('form.operatingHoursHint')}
        inputMode="decimal"
        required
        value={form.operatingHours}
        error={problem('operatingHours')}
        onChange={(event) => change({ operatingHours: event.target.value })}
      />
    </>
  );
  if (standing === 'provider') return <div className="form-grid">{work}</div>;
  return (
    <>
      <fieldset className="form-part">
        <legend>{t('form.identity')}</legend>
        <div className="form-grid">
          {(['brand', 'model', 'serialNumber', 'nickname'] as const).map((field) => (
            <TextField
              key={field}
              label={t(`field.${field}`)}
              hint={field === 'nickname' ? t('form.nicknameHint') : undefined}
              required={field !== 'nickname'}
              autoComplete="off"
              value={form[field]}
              error={problem(field)}
              onChange={(event) => change({ [field]: event.target.value })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="form-part">
        <legend>{t('form.work')}</legend>
        <div className="form-grid">
          {work}
          <TextField
            label={t('field.dailyHours')}
            inputMode="decimal"
            required
            value={form.dailyHours}
            error={problem('usageSchedule.dailyHours')}
            onChange={(event) => change({ dailyHours: event.target.value })}
          />
          <Select
            label={t('field.timezone')}
            value={form.timezone}
            error={problem('timezone')}
            onChange={(event) => change({ timezone: event.target.value })}
            choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </div>
        <Days form={form} change={change} />
      </fieldset>
      <fieldset className="form-part">
        <legend>{t('form.care')}</legend>
        <Field label={t('field.assignedProviderId')} hint={t('form.providerHint')} error={problem('assignedProviderId')}>
          {(given) => (
            <CompanyPicker
              type="PROVIDER"
              given={given}
              value={form.assignedProviderId}
              onChange={(assignedProviderId) => change({ assignedProviderId })}
            />
          )}
        </Field>
      </fieldset>
    </>
  );
}

function Days({ form, change }: Pick<MachineFieldsetProps, 'form' | 'change'>) {
  const { t } = useTranslation('fleet');
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="field">
      <p id={id} className="field-label">
        {t('field.operatingDays')}
      </p>
      <div className="days">
        {DAYS.map((day) => (
          <label key={day} className="day">
            <input
              type="checkbox"
              aria-label={t(`day.${day}`)}
              checked={form.operatingDays.includes(day)}
              onChange={(event) =>
                change({
                  operatingDays: DAYS.filter((one) =>
                    one === day ? event.target.checked : form.operatingDays.includes(one),
                  ),
                })
              }
            />
            <span>{t(`dayShort.${day}`)}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

/** The browser's list of regions, UTC, and what the machine has. */
function timezones(current: string): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', current])].sort();
}
