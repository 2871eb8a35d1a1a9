import { useTranslation } from 'react-i18next';

/** Small: within something that says what is going on. */
export function Spinner({ small = false }: { small?: boolean }) {
  const { t } = useTranslation();
  if (small) {
    return <span className="spinner spinner-small" aria-hidden="true" />;
  }
  return (
    <div className="spinner-place" role="status">
      <span className="spinner" aria-hidden="true" />
      <span className="visually-hidden">{t('loading')}</span>
    </div>
  );
}
