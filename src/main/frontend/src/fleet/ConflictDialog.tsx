import { useTranslation } from 'react-i18next';
import { Button, Dialog } from '../components';
import { useFormats } from '../formats';
import { CompanyName } from './CompanyName';
import { FORM_FIELDS, type MachineForm, sameValue } from './machineForm';
import { parseNumber } from '../forms';

interface ConflictDialogProps {
  /** As it was when the editing began. */
  readonly base: MachineForm;
  readonly mine: MachineForm;
  readonly theirs: MachineForm;
  readonly busy: boolean;
  readonly onTakeTheirs: () => void;
  /** Saves what was changed here over what others have changed; what only they have changed stays theirs. */
  readonly onKeepMine: () => void;
  readonly onClose: () => void;
}

/** Somebody else has changed the machine meanwhile: what, what one has changed oneself, and which of it is to stay. */
export function ConflictDialog({ base, mine, theirs, busy, onTakeTheirs, onKeepMine, onClose }: ConflictDialogProps) {
  const { t } = useTranslation('fleet');
  const differing = FORM_FIELDS.filter(
    (field) => !sameValue(field, base, theirs) || !sameValue(field, base, mine),
  );
  return (
    <Dialog
      title={t('conflict.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onTakeTheirs}>{t('conflict.takeTheirs')}</Button>
          <Button kind="primary" busy={busy} onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.text')}</p>
      {differing.length === 0 ? (
        <p>{t('conflict.nothing')}</p>
      ) : (
        <div className="conflict">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('conflict.field')}</th>
                <th scope="col">{t('conflict.theirs')}</th>
                <th scope="col">{t('conflict.mine')}</th>
              </tr>
            </thead>
            <tbody>
              {differing.map((field) => (
                <tr key={field}>
                  <th scope="row">{t(`field.${field}`)}</th>
                  <td className={sameValue(field, base, theirs) ? 'muted' : 'changed'}>
                    <Value field={field} form={theirs} />
                  </td>
                  <td className={sameValue(field, base, mine) ? 'muted' : 'changed'}>
                    <Value field={field} form={mine} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}

function Value({ field, form }: { readonly field: keyof MachineForm; readonly form: MachineForm }) {
  const { t } = useTranslation('fleet');
  const formats = useFormats();
  switch (field) {
    case 'status':
      return t(`status.${form.status}`);
    case 'assignedProviderId':
      return form.assignedProviderId === null ? t('machine.noProvider') : <CompanyName id={form.assignedProviderId} />;
    case 'operatingDays':
      return form.operatingDays.map((day) => t(`dayShort.${day}`)).join(', ') || '–';
    case 'dailyHours':
    case 'operatingHours':
      return formats.hours(parseNumber(form[field]));
    default:
      return form[field] || '–';
  }
}
