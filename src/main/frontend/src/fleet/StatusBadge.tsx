import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../components';
import type { CheckResult, ItemResult, MachineStatus } from './api';

const STATUS: Record<MachineStatus, Tone> = {
  ACTIVE: 'good',
  MAINTENANCE: 'warning',
  OUT_OF_SERVICE: 'bad',
  RETIRED: 'neutral',
};

export function StatusBadge({ status }: { readonly status: MachineStatus }) {
  const { t } = useTranslation('fleet');
  return <Badge tone={STATUS[status]}>{t(`status.${status}`)}</Badge>;
}

const RESULT: Record<CheckResult | ItemResult, Tone> = {
  approved: 'good',
  disapproved: 'bad',
  omitted: 'neutral',
  notInitiated: 'neutral',
};

export function ResultBadge({ result }: { readonly result: CheckResult | ItemResult }) {
  const { t } = useTranslation('fleet');
  return <Badge tone={RESULT[result]}>{t(`check.result.${result}`)}</Badge>;
}
