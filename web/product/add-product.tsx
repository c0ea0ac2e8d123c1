/** A new product: its SKU and name; what of it may wait is set on its page. */
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../api/answers.tsx';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useLanguage } from '../words/words.tsx';

export function AddProduct() {
  const { words } = useLanguage();
  const navigate = useNavigate();
  const [sku, setSku] = useState('');
  const [name, setName] = useState('');
  const act = useAct('putProduct', ({ sku: made }) => words.products.made(made));
  return (
    <Dialog
      act={words.products.add}
      isMain
      disabled={sku.trim() === '' || name.trim() === ''}
      begin={() => {
        setSku('');
        setName('');
      }}
      run={async () => {
        const made = await act.mutateAsync({ params: { sku: sku.trim() }, body: { name: name.trim() } });
        await navigate({ to: '/products/$sku', params: { sku: made.sku } });
      }}
    >
      <TextField label={words.orders.sku} value={sku} write={setSku} required data-autofocus />
      <TextField label={words.products.name} value={name} write={setName} required />
    </Dialog>
  );
}
