/** Acts on stock: receive, count, adjust, transfer, write off. What each will do is said before it is done. */
import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../words/words.tsx';
import { STOCK_ACTS, type StockAct } from './stock-act.ts';
import { StockDialog } from './stock-dialog.tsx';

/** @param sku the product it begins with */
export function StockActs({ sku }: { readonly sku?: string | undefined }) {
  const { words } = useLanguage();
  const [act, setAct] = useState<StockAct>();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{words.stock.act}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {STOCK_ACTS.filter((each) => each !== 'receive').map((each) => (
            <Menu.Item key={each} onClick={() => setAct(each)}>
              {words.stock.acts[each]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => setAct('receive')}>{words.stock.acts.receive}</Button>
      {act !== undefined && <StockDialog act={act} sku={sku} close={() => setAct(undefined)} />}
    </>
  );
}
