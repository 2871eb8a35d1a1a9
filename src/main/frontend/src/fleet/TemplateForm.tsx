import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, TextField, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText, type Wrong, wrongText } from '../forms';
import { useProblemText } from '../problems';
import { fleetKeys, LIMITS, type QuickCheckTemplate, setTemplate } from './api';

interface TemplateFormProps {
  readonly machineId: string;
  readonly template: QuickCheckTemplate | null;
  readonly onSaved: () => void;
  readonly onCancel?: () => void;
}

interface Line {
  readonly key: number;
  readonly name: string;
}

/** What the quick checks of a machine look at, and in which order. */
export function TemplateForm({ machineId, template, onSaved, onCancel }: TemplateFormProps) {
  const { t } = useTranslation('fleet');
  const next = useRef(1000);
  const [lines, setLines] = useState<readonly Line[]>(() =>
    (template?.items.map((item) => item.name) ?? ['']).map((name, key) => ({ key, name })),
  );
  const [submitted, setSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const { toast, announce } = useVoices();
  const textOf = useProblemText();
  const wrong = wrongIn(lines);
  const saving = useMutation({
    mutationFn: () => setTemplate(machineId, lines.map((line) => line.name.trim())),
    onSuccess: (saved) => {
      queries.setQueryData(fleetKeys.template(machineId), saved);
      void queries.invalidateQueries({ queryKey: fleetKeys.events(machineId) });
      toast(t('template.saved'), { tone: 'good' });
      onSaved();
    },
    onError: () => focusFirstWrong(element.current),
  });
  const problem = useFieldText(submitted ? wrong : {}, saving.error);

  const change = (changed: readonly Line[]) => {
    setLines(changed);
    saving.reset();
  };
  const focusLine = (index: number) =>
    window.requestAnimationFrame(() =>
      element.current?.querySelectorAll<HTMLElement>('.template-line input')[index]?.focus(),
    );
  const add = () => {
    change([...lines, { key: next.current++, name: '' }]);
    focusLine(lines.length);
  };
  const move = (index: number, by: number) => {
    const moved = [...lines];
    const [line] = moved.splice(index, 1);
    if (!line) return;
    moved.splice(index + by, 0, line);
    change(moved);
    announce(t('template.moved', { name: line.name, place: index + by + 1 }));
  };
  const remove = (index: number) => {
    change(lines.filter((_, at) => at !== index));
    focusLine(Math.max(index - 1, 0));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!saving.isPending) saving.mutate();
  };

  return (
    <form ref={element} className="form" noValidate onSubmit={submit}>
      <ol className="template">
        {lines.map((line, index) => (
          <li key={line.key} className="template-line">
            <TextField
              label={t('template.item', { place: index + 1 })}
              hideLabel
              placeholder={t('template.placeholder')}
              required
              autoComplete="off"
              value={line.name}
              error={problem(`items.${index}.name`)}
              onChange={(event) =>
                change(lines.map((one) => (one.key === line.key ? { ...one, name: event.target.value } : one)))
              }
            />
            <IconButton
              icon="chevron"
              className="turn-up"
              label={t('template.up', { place: index + 1 })}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            />
            <IconButton
              icon="chevron"
              className="turn-down"
              label={t('template.down', { place: index + 1 })}
              disabled={index === lines.length - 1}
              onClick={() => move(index, 1)}
            />
            <IconButton
              icon="trash"
              label={t('template.remove', { place: index + 1 })}
              disabled={lines.length === 1}
              onClick={() => remove(index)}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button icon="plus" small disabled={lines.length >= LIMITS.checkItems} onClick={add}>
          {t('template.add')}
        </Button>
      </div>
      {saving.error ? (
        <p className="form-problem" role="alert">
          {textOf(saving.error)}
        </p>
      ) : null}
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={saving.isPending}>
          {t('template.save')}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{t('form.cancel')}</Button> : null}
      </div>
    </form>
  );
}

/** No name twice, whatever its case. */
function wrongIn(lines: readonly Line[]): Wrong {
  const known = new Set<string>();
  return Object.fromEntries(
    lines.map(({ name }, index) => {
      const key = name.trim().toLowerCase();
      const code = wrongText(name, LIMITS.checkItemName) ?? (known.has(key) ? 'duplicate_item' : undefined);
      known.add(key);
      return [`items.${index}.name`, code];
    }),
  );
}
