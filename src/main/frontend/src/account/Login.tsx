import { useTranslation } from 'react-i18next';
import { client } from '../api';
import { EntranceForm } from './EntranceForm';

export default function Login() {
  const { t } = useTranslation('account');
  return (
    <EntranceForm
      title={t('signIn.title')}
      action={t('signIn.action')}
      send={({ email, password }) => client.signIn(email, password)}
      other={{ to: '/register', question: t('signIn.noAccount'), label: t('signIn.register') }}
    />
  );
}
