/** An act that needs more than a click: a button opens a dialog that says what it will do, and does it once. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import { useLanguage } from '../words/words.tsx';

interface DialogProps {
  /** Of the button that opens it. */
  readonly act: string;
  readonly title?: string;
  /** What is asked and what will happen; made anew each time it opens. */
  readonly children: ReactNode;
  /** Does it; the dialog stays open while it rejects. */
  readonly run: () => Promise<unknown>;
  /** Nothing is to be done as it stands. */
  readonly disabled?: boolean;
  readonly isMain?: boolean;
  readonly isRed?: boolean;
  /** Called when it opens: starts from what is there now. */
  readonly begin?: () => void;
}

export function Dialog({ act, title, children, run, disabled, isMain, isRed, begin }: DialogProps) {
  const { words } = useLanguage();
  const [opened, { open, close }] = useDisclosure();
  const [isRunning, running] = useDisclosure();
  function submit(event: FormEvent): void {
    event.preventDefault();
    running.open();
    // what was refused is shown by the act itself
    run()
      .then(close, () => undefined)
      .finally(running.close);
  }
  return (
    <>
      <Button
        variant={isMain === true ? 'filled' : 'default'}
        onClick={() => {
          begin?.();
          open();
        }}
      >
        {act}
      </Button>
      <Modal opened={opened} onClose={close} title={title ?? act} size="lg" centered>
        <form onSubmit={submit}>
          <Stack gap="sm">
            {children}
            <Group justify="flex-end" mt="sm">
              <Button variant="default" onClick={close}>
                {words.table.leave}
              </Button>
              <Button
                type="submit"
                loading={isRunning}
                disabled={disabled ?? false}
                {...(isRed === true && { color: 'red' })}
              >
                {act}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
