import { useTranslation } from 'react-i18next';
import { ButtonLink, EmptyState, Page } from '../components';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        icon="search"
        title={t('notFound.heading')}
        action={
          <ButtonLink kind="primary" to="/inbox">
            {t('notFound.home')}
          </ButtonLink>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </Page>
  );
}
