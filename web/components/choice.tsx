/** A choice among few, or among what the server has; '' is all of them. */
import { NativeSelect } from '@mantine/core';
import { useAnswer } from '../api/answers.tsx';
import { useLanguage } from '../words/words.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choose: (value: string | undefined) => void;
  readonly size?: 'xs' | 'sm';
}

interface OptionsProps extends ChoiceProps {
  /** What '' says; no such option when absent. */
  readonly any?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Pixels; longer names are cut where they are not looked at. */
const WIDEST = 190;

export function Choice({ label, value, choose, size = 'sm', any, options }: OptionsProps) {
  return (
    <NativeSelect
      size={size}
      maw={WIDEST}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
      data={[...(any === undefined ? [] : [{ value: '', label: any }]), ...options]}
    />
  );
}

export function ChannelChoice(props: Omit<ChoiceProps, 'label'>) {
  const { words } = useLanguage();
  const options = useCodes('listSalesChannels');
  return <Choice {...props} label={words.orders.channel} any={words.table.anyChannel} options={options} />;
}

export function WarehouseChoice(props: Omit<ChoiceProps, 'label'>) {
  const { words } = useLanguage();
  const options = useCodes('listWarehouses');
  return (
    <Choice {...props} label={words.inventory.warehouse} any={words.table.anyWarehouse} options={options} />
  );
}

export function SupplierChoice(props: Omit<ChoiceProps, 'label'>) {
  const { words } = useLanguage();
  const options = useCodes('listSuppliers');
  return (
    <Choice {...props} label={words.incoming.supplier} any={words.table.anySupplier} options={options} />
  );
}

/** Codes with their names, for a choice. */
export function useCodes(id: 'listSalesChannels' | 'listWarehouses' | 'listSuppliers') {
  const answer = useAnswer(id);
  return (answer.data?.rows ?? []).map(({ code, name }) => ({ value: code, label: name }));
}
