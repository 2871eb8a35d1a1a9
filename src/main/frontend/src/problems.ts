import { Problem } from '@fleetman/client';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What a person is told of an error: by the server's stable code, never its English sentence. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof Problem)) {
        return t(navigator.onLine ? 'unreachable' : 'offline');
      }
      const code = error.errors[0]?.code;
      const known = [error.code === 'validation_failed' ? code : undefined, error.code].find(
        (candidate) => candidate !== undefined && i18n.exists(candidate, { ns: 'errors' }),
      );
      return t(known ?? (error.status >= 500 ? 'internal_error' : 'unknown'), {
        seconds: Math.ceil((error.retryAfter ?? 0) / 1000),
      });
    },
    [t, i18n],
  );
}

/** What is wrong with one field of a form, or undefined. */
export function useFieldProblem(error: unknown): (field: string) => string | undefined {
  const { t, i18n } = useTranslation('errors');
  return (field) => {
    const code = error instanceof Problem ? error.field(field) : null;
    if (code === null) {
      return undefined;
    }
    return t(i18n.exists(code, { ns: 'errors' }) ? code : 'invalid_value');
  };
}
