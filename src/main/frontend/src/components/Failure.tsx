import { useTranslation } from 'react-i18next';
import { useProblemText } from '../problems';
import { Button } from './Button';
import { Icon } from './Icon';

/** Something could not be fetched: why, and another try. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  return (
    <div className="failure" role="alert">
      <Icon name="alert" />
      <p>{text(error)}</p>
      {retry && (
        <Button small icon="refresh" onClick={retry}>
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}
