import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api';
import { RadioGroup, TextField } from '../components';
import { EntranceForm } from './EntranceForm';
import { valueOf } from './forms';

export default function Register() {
  const { t, i18n } = useTranslation(['account', 'shell']);
  const [type, setType] = useState('CLIENT');
  return (
    <EntranceForm
      title={t('register.title')}
      action={t('register.action')}
      send={(credentials, filled) =>
        client.register({
          ...credentials,
          companyName: valueOf(filled, 'companyName'),
          type: type === 'PROVIDER' ? 'PROVIDER' : 'CLIENT',
          locale: i18n.language,
        })
      }
      newPassword={t('register.passwordHint')}
      other={{ to: '/login', question: t('register.haveAccount'), label: t('signIn.title') }}
    >
      {(problem) => (
        <>
          <RadioGroup
            label={t('register.type')}
            name="type"
            value={type}
            onChange={setType}
            choices={[
              { value: 'CLIENT', label: t('shell:type.CLIENT'), hint: t('register.clientHint') },
              { value: 'PROVIDER', label: t('shell:type.PROVIDER'), hint: t('register.providerHint') },
            ]}
          />
          <TextField
            label={t('companyName')}
            name="companyName"
            autoComplete="organization"
            maxLength={120}
            required
            error={problem('companyName')}
          />
        </>
      )}
    </EntranceForm>
  );
}
